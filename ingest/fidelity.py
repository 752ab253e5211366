"""Proof that a restored Markdown edition says what its source text says.

Both texts are turned into a stream of words (split at white space, punctuation
kept). What is only notation is removed on both sides by the same rules:

* list bullets and heading marks disappear; the number of a numbered item stays;
* a link becomes its text followed by its target, an autolink its target;
* a footnote mark becomes its label, both at the reference and before the note,
  without the colon that may follow the latter;
* table pipes and backslash escapes disappear.

The few places where the Markdown deliberately departs from the source are
declared as repairs and applied to the source stream first. Whatever differs
after that is a loss, an invention or a change of order. Markdown constructs
outside the small set used by the editions (emphasis, code, HTML, block quotes)
are refused, since the sources have none of them.
"""

import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

KINDS: Final[dict[str, str]] = {
    "added_title": "a title the source text does not print is set above it",
    "dropped_mark": "a mark that carries no words is left out",
    "footnote_mark": "a footnote mark is written like the note it refers to",
    "heading_mark": "a mark around a heading is changed or left out",
    "moved_footnote": "a note stands right after the paragraph that refers to it",
    "moved_link": "a link target stands at the words it belongs to",
    "moved_text": "words stand where the reading order wants them",
    "page_number": "a printed page number is left out",
    "rejoined_hyphen": "a word divided at a line end is whole again",
    "rejoined_word": "a word broken by a stray space is whole again",
}
"""Every kind of repair that may be declared, with its meaning."""

WORD_CHANGING: Final = frozenset({"added_title", "page_number"})
"""The kinds that may change letters or digits; all others touch marks and spacing only."""

ELLIPSIS: Final = "…"
"""Stands, in the words of a move, for everything between a beginning and an end."""

_BULLET: Final = re.compile(r"^[ \t]*[-•][ \t]+(?=\S)", re.MULTILINE)
_NOTE_COLON: Final = re.compile(r"^([0-9]+|[⁰¹²³⁴-⁹]+):(?=[ \t])", re.MULTILINE)
_LINK: Final = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]\(([^()\s]*)\)")
_AUTOLINK: Final = re.compile(r"<(https?://[^<>\s]+)>")
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")

_SILENT_BLOCKS: Final = frozenset(
    f"{name}_{side}"
    for name in (
        "heading", "paragraph", "bullet_list", "ordered_list", "list_item",
        "table", "thead", "tbody", "tr", "th", "td", "footnote_reference",
    )
    for side in ("open", "close")
)  # fmt: skip


class RepairError(ValueError):
    """A repair is malformed, or matches the source not exactly as often as it says."""


class MarkdownError(ValueError):
    """The Markdown uses a construct that no edition has a reason to use."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One declared departure of an edition's Markdown from its source text."""

    edition: str
    kind: str
    source: str
    reason: str
    markdown: str | None = None
    moved_after: str | None = None
    count: int = 1

    def __post_init__(self) -> None:
        """Refuse a repair that is unclear or reaches further than its kind allows."""
        if self.kind not in KINDS:
            raise RepairError(f"{self}: unknown kind")
        if not self.source.split() or not self.reason.strip() or self.count < 1:
            raise RepairError(f"{self}: needs source words, a reason and a count from 1 up")
        if (self.markdown is None) == (self.moved_after is None):
            raise RepairError(f"{self}: needs either 'markdown' or 'moved_after'")
        if (
            self.markdown is not None
            and self.kind not in WORD_CHANGING
            and _letters(self.source) != _letters(self.markdown)
        ):
            raise RepairError(f"{self}: this kind may not change letters or digits")

    def __str__(self) -> str:
        return f"repair {self.edition}/{self.kind} “{self.source}”"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the repaired source and the Markdown part."""

    before: str
    source: str
    markdown: str
    after: str

    def __str__(self) -> str:
        return f"… {self.before} [source: “{self.source}” | Markdown: “{self.markdown}”] {self.after} …"


class _PlainMarkdown(MarkdownIt):
    """CommonMark with tables and footnotes in place, and targets left as written."""

    def __init__(self) -> None:
        super().__init__("commonmark")
        self.enable("table")
        self.use(footnote_plugin, inline=False, move_to_end=False)

    def normalizeLink(self, url: str) -> str:
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link


def source_words(text: str) -> list[str]:
    """Return the words of a source text, freed of notation."""
    for pattern, replacement in (
        (_BULLET, ""),
        (_NOTE_COLON, r"\1"),
        (_LINK, r"\1 \2"),
        (_AUTOLINK, r"\1"),
        (_ESCAPE, r"\1"),
    ):
        text = pattern.sub(replacement, text)
    return text.split()


def markdown_words(text: str) -> list[str]:
    """Return the words of a Markdown text in reading order, freed of notation."""
    return "".join(_block_text(_PlainMarkdown().parse(text))).split()


def apply_repairs(words: Sequence[str], repairs: Iterable[Repair]) -> list[str]:
    """Return the source words with the repairs applied in order.

    Raises RepairError when a repair is found more or less often than it declares.
    """
    result = list(words)
    for repair in repairs:
        spans = _find(result, repair.source.split())
        if len(spans) != repair.count:
            raise RepairError(f"{repair}: found {len(spans)} times, expected {repair.count}")
        if repair.markdown is not None:
            for start, end in reversed(spans):
                result[start:end] = repair.markdown.split()
        elif repair.moved_after is not None:
            if len(spans) != 1:
                raise RepairError(f"{repair}: only one passage can be moved at a time")
            start, end = spans[0]
            moved = result[start:end]
            del result[start:end]
            anchors = _find(result, repair.moved_after.split())
            if len(anchors) != 1:
                raise RepairError(
                    f"{repair}: its anchor “{repair.moved_after}” found {len(anchors)} times, expected 1"
                )
            result[anchors[0][1] : anchors[0][1]] = moved
    return result


def compare(
    source: str, markdown: str, repairs: Iterable[Repair] = (), *, limit: int = 10, context: int = 6
) -> list[Difference]:
    """Return the first differences between a source text and its Markdown; none means faithful.

    Raises RepairError or MarkdownError when there is nothing sound to compare.
    """
    old = apply_repairs(source_words(source), repairs)
    new = markdown_words(markdown)
    if old == new:
        return []
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        Difference(
            before=" ".join(old[max(0, i1 - context) : i1]),
            source=" ".join(old[i1:i2]),
            markdown=" ".join(new[j1:j2]),
            after=" ".join(old[i2 : i2 + context]),
        )
        for tag, i1, i2, j1, j2 in opcodes
        if tag != "equal"
    ][:limit]


def load_repairs(path: Path, edition: str) -> list[Repair]:
    """Read the repairs of one edition, in file order, from a repairs file."""
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("repair", [])
    try:
        repairs = [Repair(**entry) for entry in entries]
    except TypeError as error:
        raise RepairError(f"{path.name}: {error}") from error
    return [repair for repair in repairs if repair.edition == edition]


def check_editions(corpus: Path) -> dict[str, list[Difference]]:
    """Compare every edition listed in the corpus folder; map its id to its differences."""
    editions = tomllib.loads((corpus / "editions.toml").read_text(encoding="utf-8"))["edition"]
    return {
        edition["id"]: compare(
            (corpus / edition["source"]).read_text(encoding="utf-8"),
            (corpus / edition["markdown"]).read_text(encoding="utf-8"),
            load_repairs(corpus / "repairs.toml", edition["id"]),
        )
        for edition in editions
    }


def _letters(text: str) -> str:
    """Return the letters and digits of a text; a raised digit counts as the digit."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def _find(words: Sequence[str], pattern: Sequence[str]) -> list[tuple[int, int]]:
    """Return the spans of a run of words; an ellipsis in it bridges to the nearest end."""
    if ELLIPSIS not in pattern:
        return list(_find_run(words, pattern))
    cut = pattern.index(ELLIPSIS)
    ends = [end for _, end in _find_run(words, pattern[cut + 1 :])]
    return [
        (start, min(end for end in ends if end >= begun))
        for start, begun in _find_run(words, pattern[:cut])
        if any(end >= begun for end in ends)
    ]


def _find_run(words: Sequence[str], run: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the spans where a run of words stands, without overlaps."""
    start, size = 0, len(run)
    while run and start <= len(words) - size:
        if list(words[start : start + size]) == list(run):
            yield start, start + size
            start += size
        else:
            start += 1


def _block_text(tokens: Iterable[Token]) -> Iterator[str]:
    """Yield the text of block tokens, each block on its own line."""
    for token in tokens:
        if token.type == "inline":
            yield from _inline_text(token.children or [])
            yield "\n"
        elif token.type not in _SILENT_BLOCKS:
            raise MarkdownError(f"unexpected {token.type} at line {(token.map or [-1])[0] + 1}")
        elif token.type == "footnote_reference_open":
            yield f"{token.meta['label']} "
        elif token.type == "list_item_open" and token.info:
            yield f"{token.info}{token.markup} "


def _inline_text(tokens: Iterable[Token]) -> Iterator[str]:
    """Yield the text of inline tokens; a link's target follows its text."""
    targets: list[str] = []
    for token in tokens:
        match token.type:
            case "text":
                yield token.content
            case "softbreak" | "hardbreak":
                yield "\n"
            case "footnote_ref":
                yield str(token.meta["label"])
            case "link_open":
                targets.append("" if token.markup == "autolink" else f" {token.attrGet('href')}")
            case "link_close":
                yield targets.pop()
            case _:
                raise MarkdownError(f"unexpected {token.type} “{token.content or token.markup}”")


def main(arguments: Sequence[str]) -> int:
    """Print the differences of every edition in a corpus folder; return 1 if there are any."""
    found = check_editions(Path(arguments[0] if arguments else "corpus"))
    for edition, differences in found.items():
        sys.stdout.write(f"{edition}: {'differs' if differences else 'faithful'}\n")
        sys.stdout.writelines(f"  {difference}\n" for difference in differences)
    return int(any(found.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
