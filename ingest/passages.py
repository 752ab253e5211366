"""Elements under their sections → blocks and the passages in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.types import Block, BlockKind, Passage, PassageKind, Section
from ingest.elements import Element, ElementKind, Span, without_marks
from ingest.sections import Source
from ingest.sentences import is_complete, sentence_spans


@dataclass(frozen=True, slots=True)
class StructureWords:
    """Which headings and which caption have a special meaning (``[structure]`` in the words file)."""

    contents: tuple[str, ...]
    references: tuple[str, ...]
    consent_table: str

    @property
    def caption(self) -> str:
        """How the caption of any table begins: "Tabell " for "Tabell 1"."""
        return self.consent_table.rstrip("0123456789")


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before it has its number: its span and the spans of its passages with their kinds."""

    kind: BlockKind
    start: int
    end: int
    passages: tuple[tuple[PassageKind, Span], ...]
    table_row: int | None = None
    label: str = ""  # a footnote's mark


def section_blocks(
    source: Source, section: Section, elements: Sequence[Element], words: StructureWords
) -> tuple[list[Block], dict[str, str]]:
    """Return the section's blocks in text order, and its footnotes (mark → block id).

    ``elements`` are the section's own, its heading left out.
    """
    blocks: list[Block] = []
    footnotes: dict[str, str] = {}
    for number, draft in enumerate(_drafts(source.text, section, elements, words), start=1):
        block = _block(source, section, number, draft)
        blocks.append(block)
        if draft.kind is BlockKind.FOOTNOTE:
            footnotes[draft.label] = block.id
    return blocks, footnotes


def is_caption(text: str, elements: Sequence[Element], index: int, words: StructureWords) -> bool:
    """Tell whether the element is the caption ("Tabell …") of the table that follows it directly."""
    following = elements[index + 1 : index + 2]
    return (
        elements[index].kind is ElementKind.PARAGRAPH
        and bool(following)
        and following[0].kind is ElementKind.TABLE
        and text.startswith(words.caption, elements[index].start)
    )


def is_consent_table(text: str, elements: Sequence[Element], index: int, words: StructureWords) -> bool:
    """Tell whether the element is the table under the caption "Tabell 1 …"."""
    if index == 0 or not is_caption(text, elements, index - 1, words):
        return False
    caption = text[elements[index - 1].start : elements[index - 1].end]
    rest = caption.removeprefix(words.consent_table)
    return rest != caption and not rest[:1].isalnum()


def _drafts(
    text: str, section: Section, elements: Sequence[Element], words: StructureWords
) -> Iterable[Draft]:
    is_reference = any(heading in words.references for heading in section.path)
    is_contents = section.path[-1] in words.contents
    for index, element in enumerate(elements):
        before = elements[index - 1] if index else None
        after = elements[index + 1] if index + 1 < len(elements) else None
        match element.kind:
            case ElementKind.PARAGRAPH if not is_caption(text, elements, index, words):
                before_list = after is not None and after.kind is ElementKind.LIST and not is_reference
                yield from _paragraph(text, element, before_list=before_list, is_reference=is_reference)
            case ElementKind.LIST if is_reference:
                yield from (_single(BlockKind.REFERENCE, PassageKind.REFERENCE, s) for s in element.parts)
            case ElementKind.LIST:
                yield _list(text, element, before, is_contents=is_contents)
            case ElementKind.TABLE:
                is_numbered = is_consent_table(text, elements, index, words)
                yield from _rows(element, is_numbered=is_numbered)
            case ElementKind.FOOTNOTE:
                span = (element.start, element.end)
                note = (PassageKind.FOOTNOTE, span)
                yield Draft(BlockKind.FOOTNOTE, *span, (note,), label=element.label)


def _single(kind: BlockKind, passage: PassageKind, span: Span) -> Draft:
    return Draft(kind, *span, ((passage, span),))


def _paragraph(text: str, element: Element, *, before_list: bool, is_reference: bool) -> Iterable[Draft]:
    """Yield the paragraph's block; what leads in a following list is left to the list."""
    if is_reference or element.is_link:
        yield _single(BlockKind.REFERENCE, PassageKind.REFERENCE, (element.start, element.end))
        return
    sentences = _sentences(text, element)
    if before_list:
        sentences = sentences[: len(sentences) - len(_lead_in(text, sentences))]
    words = without_marks("".join(text[start:end] for start, end in sentences))
    if any(character.isalnum() for character in words):  # a lone footnote mark says nothing
        passages = tuple((PassageKind.SENTENCE, s) for s in sentences)
        yield Draft(BlockKind.PARAGRAPH, sentences[0][0], sentences[-1][1], passages)


def _list(text: str, element: Element, before: Element | None, *, is_contents: bool) -> Draft:
    """Return one block for the whole list and the sentence that leads it in, if there is one."""
    item_kind = PassageKind.HEADING_LIST if is_contents else PassageKind.LIST_ITEM
    lead_in: tuple[Span, ...] = ()
    if before is not None and before.kind is ElementKind.PARAGRAPH and not before.is_link:
        lead_in = _lead_in(text, _sentences(text, before))
    passages = [(PassageKind.SENTENCE, s) for s in lead_in] + [(item_kind, s) for s in element.parts]
    start = lead_in[0][0] if lead_in else element.start
    kind = BlockKind.HEADING_LIST if is_contents else BlockKind.LIST
    return Draft(kind, start, element.end, tuple(passages))


def _lead_in(text: str, sentences: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the last sentence of the paragraph before a list if it leads in the list, else nothing.

    An open sentence ("… ska familjecentralen:") does, and so does a paragraph of one sentence
    even if it ends with a full stop.
    """
    last = sentences[-1]
    if len(sentences) == 1 or not is_complete(text[last[0] : last[1]]):
        return (last,)
    return ()


def _sentences(text: str, element: Element) -> tuple[Span, ...]:
    spans = sentence_spans(text[element.start : element.end])
    return tuple((element.start + start, element.start + end) for start, end in spans)


def _rows(table: Element, *, is_numbered: bool) -> Iterable[Draft]:
    """Yield a block for each row under the header; only Tabell 1's rows have numbers."""
    for number, span in enumerate(table.parts[1:], start=1):
        passage = (PassageKind.TABLE_ROW, span)
        yield Draft(BlockKind.TABLE_ROW, *span, (passage,), table_row=number if is_numbered else None)


def _block(source: Source, section: Section, number: int, draft: Draft) -> Block:
    block_id = f"{source.edition}:{section.anchor}:{number}"
    passages = tuple(
        Passage(
            id=f"{block_id}:{place}",
            edition=source.edition,
            kind=kind,
            section=section.path,
            text=source.text[start:end],
            start=start,
            end=end,
            page=section.page,
            block=block_id,
            table_row=draft.table_row,
        )
        for place, (kind, (start, end)) in enumerate(draft.passages, start=1)
    )
    return Block(
        id=block_id,
        edition=source.edition,
        kind=draft.kind,
        section=section.path,
        text=source.text[draft.start : draft.end],
        start=draft.start,
        end=draft.end,
        page=section.page,
        passages=passages,
        table_row=draft.table_row,
    )
