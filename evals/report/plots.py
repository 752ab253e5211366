"""The report's plots as data addresses: SVG, readable without colour, each with its text."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evals.names import percent
from evals.statistics import Interval

# Okabe and Ito's palette: told apart with any common colour blindness, and in grey.
BLUE, ORANGE = "#0072B2", "#D55E00"
_STYLE: Any = {"svg.hashsalt": "evals", "font.size": 10, "axes.spines.top": False, "axes.spines.right": False}


@dataclass(frozen=True, slots=True)
class Plot:
    """An image to embed, and what it shows in words."""

    address: str  # data:image/svg+xml;base64,…
    alternative: str


@dataclass(frozen=True, slots=True)
class Series:
    """One engine's values in a plot that shows several."""

    name: str
    values: Mapping[str, Interval]


def interval_plot(series: Sequence[Series], titles: Mapping[str, str]) -> Plot:
    """Return a dot with its interval for each score, the engines beside each other."""
    names = [name for name in titles if any(name in one.values for one in series)]
    figure, axes = _canvas(7.2, 0.34 * len(names) + 1.0)
    for number, one in enumerate(series):
        known = [name for name in names if name in one.values]
        points = [one.values[name] for name in known]
        places = [names.index(name) + 0.22 * number for name in known]
        errors = np.array([[p.value - p.low for p in points], [p.high - p.value for p in points]]).clip(0)
        shape, colour = (("o", BLUE), ("s", ORANGE))[number % 2]
        axes.errorbar(
            [p.value * 100 for p in points],
            places,
            xerr=errors * 100,
            fmt=shape,
            color=colour,
            capsize=3,
            label=one.name,
        )
    axes.set_yticks(range(len(names)), [titles[name] for name in names])
    axes.invert_yaxis()
    axes.set_xlim(right=103)
    axes.set_xlabel("Andel rätt, procent (95 % konfidensintervall)")
    axes.grid(axis="x", color="#dddddd")
    if len(series) > 1:
        axes.legend(frameon=False)
    told = [f"{titles[n]} {percent(one.values[n].value)}" for one in series for n in names if n in one.values]
    return _plot(figure, "Andel rätt för varje poäng: " + "; ".join(told))


def recall_plot(series: Sequence[Series]) -> Plot | None:
    """Return recall at k, None when nothing was measured."""
    figure, axes = _canvas(6.0, 3.2)
    told = []
    for number, one in enumerate(series):
        ks = [int(name[2:]) for name in one.values if name.startswith("R@")]
        if not ks:
            continue
        points = [one.values[f"R@{k}"] for k in ks]
        shape, colour, line = (("o", BLUE, "-"), ("s", ORANGE, "--"))[number % 2]
        axes.plot(ks, [p.value * 100 for p in points], shape + line, color=colour, label=one.name)
        axes.fill_between(ks, [p.low * 100 for p in points], [p.high * 100 for p in points], alpha=0.15)
        told += [f"{one.name}, de {k} första: {percent(p.value)}" for k, p in zip(ks, points, strict=True)]
    if not told:
        return None
    axes.set_xlabel("Antal hämtade stycken (k)")
    axes.set_ylabel("Funna belägg, procent")
    axes.set_ylim(0, 104)
    axes.grid(color="#dddddd")
    axes.legend(frameon=False, loc="lower right")
    return _plot(figure, "Andel belägg som sökningen hittar. " + "; ".join(told))


def latency_plot(latencies: Mapping[str, Sequence[float]]) -> Plot | None:
    """Return the distribution of answer times in milliseconds, None when there is none."""
    known = {name: values for name, values in latencies.items() if values}
    if not known:
        return None
    figure, axes = _canvas(6.0, 3.0)
    styles: Any = ({"color": BLUE, "alpha": 0.85}, {"color": ORANGE, "hatch": "//", "alpha": 0.5})
    top = max(max(values) for values in known.values()) or 1.0
    for number, (name, values) in enumerate(known.items()):
        axes.hist(values, bins=30, range=(0, top), label=name, **styles[number % 2])
    axes.set_xlabel("Svarstid, millisekunder")
    axes.set_ylabel("Antal frågor")
    if len(known) > 1:
        axes.legend(frameon=False)
    told = [
        f"{name}: hälften inom {np.percentile(v, 50):.0f} ms, 95 procent inom {np.percentile(v, 95):.0f} ms"
        for name, v in known.items()
    ]
    return _plot(figure, "Svarstidernas fördelning. " + "; ".join(told))


def _canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """A figure of its own, no pyplot: nothing global is left behind."""
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        return figure, figure.subplots()


def _plot(figure: Figure, alternative: str) -> Plot:
    buffer = io.BytesIO()
    with mpl.rc_context(_STYLE):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    address = "data:image/svg+xml;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
    return Plot(address, alternative)
