"""What one text says: the asker, everyone they would share with, and what lies between them."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.relations import Relations
from assistant.types import Facts, Party


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says: the asker, everyone they would share with, and what lies between."""

    asker: Party
    others: tuple[Party, ...]
    relations: Relations
    third_person: bool  # "får en barnmorska berätta för …": nobody says "jag" or "vi"
    names_other: bool  # somebody to share with is mentioned at all, if only as "hon"
    own_relations: tuple[Relations, ...] = ()  # per recipient, where each has its own
    new_job: bool = False  # "har bytt jobb": what was known of the asker's employer doesn't hold
    asker_inferred: bool = False  # the asker's profession only follows from "en annan …", "min …kollega"
    names: frozenset[str] = frozenset()  # first names of those to share with
    asker_guessed: bool = False  # … from "min …kollega", which a socionom may say of a förskollärare too

    def facts(self) -> tuple[Facts, ...]:
        """One Facts per recipient; one with an unknown recipient when none is named."""
        others = self.others or (Party(),)
        own = self.own_relations if len(self.own_relations) == len(others) else ()
        return tuple(
            _facts(self.asker, other, own[i] if own else self.relations) for i, other in enumerate(others)
        )


def _facts(asker: Party, other: Party, r: Relations) -> Facts:
    return Facts(
        asker=asker,
        other=other,
        same_family_centre=r.same_family_centre,
        same_unit=r.same_unit,
        same_board=r.same_board,
        care_relation=r.care_relation,
        same_huvudman=r.same_huvudman,
        same_branch=r.same_branch,
    )
