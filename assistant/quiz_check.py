"""What is wrong with scenarios against the editions: keys, sections, quotes, telling choices."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from statistics import mean

from assistant.quiz import Item
from assistant.quiz_items import generated_items
from assistant.quiz_scenarios import Complaint, Entry, scenario_item
from assistant.types import ConsentRow, Edition, Verdict

# What the assistant itself says of a question: its verdict and the rows it quotes.
Ask = Callable[[str, str], tuple[Verdict | None, tuple[int, ...]]]
_ABSOLUTE = re.compile(r"\b(alltid|aldrig|inga som helst|under inga omständigheter)\b", re.IGNORECASE)
_NAMES = {
    Verdict.CONSENT_REQUIRED: "samtycke krävs",
    Verdict.CONSENT_NOT_REQUIRED: "samtycke behövs inte",
    Verdict.NO_UNAUTHORISED_DISCLOSURE: "får delas om det inte är ett obehörigt röjande",
    Verdict.DEPENDS: "det beror på en uppgift som saknas",
}


def item_pool(entries: Iterable[Entry], editions: Mapping[str, Edition], in_force: str) -> tuple[Item, ...]:
    """Return all items to draw from: the table's of the edition in force, and the sound scenarios."""
    sound = []
    for entry in entries:
        edition = editions.get(entry.scenario.edition)
        if edition is not None and not any(check_entry(entry, editions)):
            sound.append(scenario_item(entry, edition))
    return (*generated_items(editions[in_force]), *sound)


def check_entries(
    entries: Iterable[Entry], editions: Mapping[str, Edition], ask: Ask | None = None
) -> tuple[Complaint, ...]:
    """Return every fault of the scenarios, in the files' order. ``ask`` adds the engine's opinion."""
    return tuple(chain.from_iterable(_all_faults(entry, editions, ask) for entry in entries))


def check_entry(entry: Entry, editions: Mapping[str, Edition]) -> Iterator[Complaint]:
    """Yield the faults that make a scenario unfit to be asked."""
    scenario = entry.scenario
    edition = editions.get(scenario.edition)
    if edition is None:
        known = ", ".join(editions)
        yield entry.complaint("edition", f"utgåvan ”{scenario.edition}” finns inte; utgåvorna är {known}")
        return
    yield from _check_source(entry, edition)
    yield from _check_key(entry, edition)
    try:
        scenario_item(entry, edition)
    except ValueError as error:
        yield entry.complaint("rows", str(error))


def telling(entry: Entry) -> Iterator[Complaint]:
    """Yield what in a scenario's choices gives the right one away."""
    choices = entry.scenario.choices
    if not choices:
        return
    right = next(choice.text for choice in choices if choice.right)
    wrong = [choice.text for choice in choices if not choice.right]
    if len(right) > 1.4 * max(map(len, wrong)) or len(right) > 1.8 * mean(map(len, wrong)):
        yield entry.complaint("choices", "det rätta alternativet är mycket längre än de andra och röjer sig")
    if len(right) < 0.5 * min(map(len, wrong)):
        yield entry.complaint("choices", "det rätta alternativet är mycket kortare än de andra och röjer sig")
    absolute = [text for text in wrong if _ABSOLUTE.search(text)]
    if absolute and not _ABSOLUTE.search(right):
        found = _ABSOLUTE.search(absolute[0])
        word = found[0] if found else ""
        yield entry.complaint("choices", f"”{word}” står bara i ett fel alternativ och röjer det")


def _all_faults(entry: Entry, editions: Mapping[str, Edition], ask: Ask | None) -> Iterator[Complaint]:
    yield from check_entry(entry, editions)
    yield from telling(entry)
    if ask is not None and entry.scenario.question and entry.scenario.edition in editions:
        yield from _check_against_engine(entry, ask)


def _check_source(entry: Entry, edition: Edition) -> Iterator[Complaint]:
    source = entry.scenario.source
    section = next((section for section in edition.sections if section.path == source.section), None)
    if section is None:
        yield entry.complaint("source", _no_section(source.section, edition))
        return
    quote = " ".join(source.quote.split())
    if quote in edition.text[section.body_start : section.end]:
        return
    where = next((s for s in edition.sections if quote in edition.text[s.body_start : s.end]), None)
    hint = f"det står i {' › '.join(where.path)}" if where else "det står ingenstans i utgåvan"
    yield entry.complaint(
        "source", f"citatet ”{_short(quote)}” finns inte i {' › '.join(source.section)}; {hint}"
    )


def _no_section(path: tuple[str, ...], edition: Edition) -> str:
    near = [section for section in edition.sections if section.path[-1].casefold() == path[-1].casefold()]
    hint = f"; menas {list(near[0].path)}?" if near else ""
    return f"avsnittet {' › '.join(path)} finns inte i utgåva {edition.id}{hint}"


def _check_key(entry: Entry, edition: Edition) -> Iterator[Complaint]:
    """Yield the rows that aren't there and the rows that can't give any of the verdicts."""
    scenario = entry.scenario
    table = {row.number: row for row in edition.consent_table}
    if scenario.rows and not scenario.verdicts:
        yield entry.complaint("rows", "rows är angivet men verdicts saknas")
    for number in scenario.rows:
        if number not in table:
            yield entry.complaint(
                "rows", f"rad {number} finns inte; Tabell 1 i utgåva {edition.id} har {len(table)} rader"
            )
        elif scenario.verdicts and not _possible(table[number]) & set(scenario.verdicts):
            said = " eller ".join(_NAMES[verdict] for verdict in scenario.verdicts)
            yield entry.complaint(
                "verdicts",
                f"nyckeln säger ”{said}”, men Tabell 1 rad {number} säger: ”{table[number].cells[2]}”",
            )


def _possible(row: ConsentRow) -> set[Verdict]:
    """Return the verdicts that a row can be quoted for: its outcome, and what its condition opens."""
    verdicts = {row.outcome, Verdict.DEPENDS}
    if row.outcome_requires:
        verdicts.add(Verdict.CONSENT_REQUIRED)  # when its condition isn't met
    if row.care_relation_exception:
        verdicts.add(Verdict.CONSENT_NOT_REQUIRED)
    return verdicts


def _check_against_engine(entry: Entry, ask: Ask) -> Iterator[Complaint]:
    scenario = entry.scenario
    if not scenario.verdicts:
        return
    verdict, rows = ask(scenario.question or "", scenario.edition)
    if verdict not in scenario.verdicts:
        said = _NAMES[verdict] if verdict else "frågan handlar inte om att dela uppgifter"
        wanted = " eller ".join(_NAMES[each] for each in scenario.verdicts)
        yield entry.complaint(
            "verdicts", f"nyckeln säger ”{wanted}”, men assistenten läser Tabell 1 så här: {said}"
        )
    elif not set(scenario.rows) <= set(rows):
        yield entry.complaint("rows", f"rows är {list(scenario.rows)}, men assistenten citerar {list(rows)}")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
