"""Retrieved blocks → an answer in the guideline's own words: the deciding sentence or the whole
list first, then its context, then what else belongs to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.citing import cite
from assistant.plain import plain_text
from assistant.types import Block, BlockKind, Citation, Edition, Hit, Passage, PassageKind

WHOLE_BLOCK_CHARS = 1400  # of a longer paragraph the sentences around the deciding one are shown
WINDOW_CHARS = 900
RELATED = 2  # further passages shown beside the first
RELATED_SHARE = 0.02  # of the best hit's score

_NUMBER_ASKED = re.compile(
    r"\bhur (många|mycket|länge|ofta|lång|stor)\b|\bnär\b|\bvilket (år|datum)\b"
    r"|\bhow (many|much|long|often)\b|\bwhen\b",
    re.IGNORECASE,
)
_LAW_ASKED = re.compile(
    r"\b(paragraf\w*|lagrum\w*|vilken lag\b|kapit\w*|§|which (law|section|paragraph))", re.IGNORECASE
)
_EVALUATION_ASKED = re.compile(
    r"utvärder|\bmät|\bmått|frågeställning|\bfrågor\b|följa upp|följs upp|uppfölj|evaluat|measure|indikator",
    re.IGNORECASE,
)
_ASKING_SHARE = 0.4  # of its score keeps a block that mostly asks
_LAW = re.compile(r"§|\bkap\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Composed:
    """What the reader sees of the retrieved blocks, and the quotes that carry it."""

    text: str
    citations: tuple[Citation, ...]


_LINKS_ASKED = 0.3  # score from which a list of links is what was asked for


def compose(question: str, hits: list[Hit], edition: Edition, *, short: bool = False) -> Composed:
    """The answer from the best hit, with the next ones that belong to it.

    ``short`` leaves out the context and what else there is ("kan du förklara kortare?").
    """
    best = hits[0]
    deciding = deciding_passage(question, best)
    first = cite(best.block)
    lines = [_direct(best.block, deciding, edition)]
    if not short:
        lines += _context(best.block, deciding, edition)
    lines.append(f"Källa: {first.label}.")
    citations = [first]
    if not short:
        related = _related(hits)
        citations += [cite(h.block) for h in related]
        if related:
            lines.append("**Se också**\n\n" + "\n".join(_pointer(h) for h in related))
    return Composed("\n\n".join(lines), tuple(citations))


def answers_first(question: str, hits: list[Hit]) -> list[Hit]:
    """The hits with the lists of evaluation questions set back: a question is no answer, unless
    it is asked what to evaluate."""
    if _EVALUATION_ASKED.search(question):
        return hits
    weighed = [(h.score * (_ASKING_SHARE if _mostly_asks(h.block) else 1.0), h) for h in hits]
    best = sorted(weighed, key=lambda pair: -pair[0])
    return [replace(hit, score=score) for score, hit in best]


def only_points(hits: list[Hit]) -> bool:
    """Whether the best that was found is a list of links, and not clearly so: links are no answer
    ("vad tjänar en barnmorska" finds the link to the midwives' page)."""
    best = hits[0]
    return best.block.kind is BlockKind.REFERENCE and best.score < _LINKS_ASKED


def _mostly_asks(block: Block) -> bool:
    asking = sum(p.text.rstrip().endswith("?") for p in block.passages)
    return 2 * asking >= len(block.passages)


def nearest(hits: list[Hit]) -> Composed:
    """The nearest section as such, for a question that the guideline doesn't answer."""
    best = hits[0]
    citation = cite(best.block)
    path = " › ".join(best.block.section)
    text = f"Närmast kommer avsnittet {path}, som handlar om något annat än det du frågar:\n\n"
    return Composed(f"{text}> {_flat(best.passage.text)}", (citation,))


def deciding_passage(question: str, hit: Hit) -> Passage:
    """The passage that answers: the best one, or the only one with the number or the paragraph
    that was asked for."""
    wanted = None
    if _LAW_ASKED.search(question):
        wanted = _LAW
    elif _NUMBER_ASKED.search(question):
        wanted = _DIGIT
    if wanted is None or wanted.search(hit.passage.text):
        return hit.passage
    fitting = [p for p in hit.block.passages if wanted.search(p.text)]
    return fitting[0] if len(fitting) == 1 else hit.passage


def _direct(block: Block, deciding: Passage, edition: Edition) -> str:
    if block.kind is BlockKind.LIST:
        return _list_text(block, edition)
    return f"**{_flat(deciding.text)}**"


def _list_text(block: Block, edition: Edition) -> str:
    """The whole list with its lead-in; the heading stands in for a lead-in that isn't printed."""
    lead = "" if block.passages[0].kind is PassageKind.SENTENCE else f"**{block.section[-1]}**\n\n"
    return lead + edition.text[block.start : block.end]


def _context(block: Block, deciding: Passage, edition: Edition) -> list[str]:
    if block.kind is BlockKind.LIST or block.text.strip() == deciding.text.strip():
        return []
    start, end = _window(block, deciding)
    return [f"Sammanhanget:\n\n> {_flat(edition.text[start:end])}"]


def _flat(markdown: str) -> str:
    return plain_text(markdown).replace("\n", " ").strip()


def _window(block: Block, deciding: Passage) -> tuple[int, int]:
    """The span of the block, or of a long paragraph the sentences around the deciding one."""
    if block.kind is not BlockKind.PARAGRAPH or block.end - block.start <= WHOLE_BLOCK_CHARS:
        return block.start, block.end
    at = next(i for i, p in enumerate(block.passages) if p.id == deciding.id)
    first = last = at
    while True:
        before = block.passages[first - 1].start if first > 0 else None
        after = block.passages[last + 1].end if last + 1 < len(block.passages) else None
        if after is not None and after - block.passages[first].start <= WINDOW_CHARS:
            last += 1
        elif before is not None and block.passages[last].end - before <= WINDOW_CHARS:
            first -= 1
        else:
            return block.passages[first].start, block.passages[last].end


def _related(hits: list[Hit]) -> list[Hit]:
    floor = hits[0].score * RELATED_SHARE
    return [h for h in hits[1:] if h.score >= floor][:RELATED]


def _pointer(hit: Hit) -> str:
    return f"- {cite(hit.block).label}: ”{_flat(hit.passage.text)}”"
