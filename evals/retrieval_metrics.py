"""Retrieval by itself: does the block with the evidence stand high in the list?"""

from __future__ import annotations

from collections.abc import Sequence

import ir_measures
from ir_measures import RR, Qrel, R, ScoredDoc, nDCG

from evals.model import Scored
from evals.statistics import Interval, bootstrap

MEASURES = {"R@1": R @ 1, "R@3": R @ 3, "R@5": R @ 5, "R@10": R @ 10, "MRR": RR, "nDCG@5": nDCG @ 5}


def retrieval_metrics(results: Sequence[Scored]) -> dict[str, Interval]:
    """Return each measure's mean with a bootstrap interval, {} when no case measures retrieval.

    A case counts when its output holds the retrieved blocks; all blocks with its evidence are
    relevant, equally.
    """
    measured = [result for result in results if result.output.hits is not None and result.relevant]
    if not measured:
        return {}
    qrels = [Qrel(result.case.id, block, 1) for result in measured for block in result.relevant]
    run = [
        ScoredDoc(result.case.id, block, float(-rank))
        for result in measured
        for rank, block in enumerate(result.output.hits or ())
    ]
    values: dict[str, list[float]] = {name: [] for name in MEASURES}
    names = {measure: name for name, measure in MEASURES.items()}
    for metric in ir_measures.iter_calc(list(MEASURES.values()), qrels, run):
        values[names[metric.measure]].append(float(metric.value))
    return {name: bootstrap(sorted(found)) for name, found in values.items()}
