"""What terms ask of stays before a stay (``readmitted_within``) as rows, and the stays that are looked at.

Which of these a claim is, is worked out before claims are put in classes, and is from then on an attribute of the claim
like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from evenhand.codes import CodeRange
from evenhand.contracts.model import Condition
from evenhand.contracts.readmissions import Readmission

#: The step that finds, among all claims, the stays that others may follow.
KNOWN_STAYS = "known_stays"


@dataclass(slots=True)
class ReadmissionRows:
    """The rows of ``contract_readmissions`` and its lists as they grow."""

    readmissions: list[tuple[int, int, int, bool, bool, bool, str]] = field(default_factory=list)
    drgs: list[tuple[int, str, str, int]] = field(default_factory=list)
    statuses: list[tuple[int, str]] = field(default_factory=list)
    keys: dict[tuple[int, Readmission], int] = field(default_factory=dict)

    def conditions(self, version_key: int, readmission: Readmission | None) -> Iterator[Condition]:
        """What a selector asks of the stays before, as a condition on the claim."""
        if readmission is not None:
            key = str(self._key(version_key, readmission))
            yield Condition("readmission", (CodeRange(key, key),))

    def _key(self, version_key: int, asked: Readmission) -> int:
        """The key of what is asked, given the first time a version asks it."""
        if (version_key, asked) not in self.keys:
            key = self.keys[version_key, asked] = len(self.readmissions) + 1
            lists = bool(asked.first_drg), bool(asked.not_after)
            self.readmissions.append((key, version_key, asked.days, asked.same_drg, *lists, asked.provider))
            self.drgs += [(key, one.low, one.high, len(one.low)) for one in asked.first_drg]
            self.statuses += [(key, status) for status in sorted(set(asked.not_after))]
        return self.keys[version_key, asked]
