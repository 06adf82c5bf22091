"""What terms ask of other lines of a claim (``with``, ``without``) as rows: a companion for each selector named.

Which companions a claim has is worked out before claims are put in classes, and is from then on an attribute of the
claim like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from evenhand.codes import CodeRange
from evenhand.contracts.model import Condition, Selector


@dataclass(slots=True)
class CompanionRows:
    """The rows of ``contract_companions`` and their tests and ranges as they grow."""

    companions: list[tuple[int, int, int]] = field(default_factory=list)
    tests: list[tuple[int, int, int, str, bool]] = field(default_factory=list)
    ranges: list[tuple[int, str, str, int]] = field(default_factory=list)
    keys: dict[tuple[int, Selector], int] = field(default_factory=dict)

    def conditions(self, version_key: int, selector: Selector) -> Iterator[Condition]:
        """What a selector asks of other lines, as conditions on the companions of the claim."""
        for nested, negated in ((selector.with_line, False), (selector.without_line, True)):
            if nested is not None:
                key = str(self._key(version_key, nested))
                yield Condition("companions", (CodeRange(key, key),), negated)

    def _key(self, version_key: int, selector: Selector) -> int:
        """The companion's key, given the first time a version asks for it."""
        if (version_key, selector) not in self.keys:
            key = self.keys[version_key, selector] = len(self.companions) + 1
            wanted = sum(1 for condition in selector.conditions if not condition.negated)
            self.companions.append((key, version_key, wanted))
            for condition in selector.conditions:
                self._add_test(key, version_key, condition)
        return self.keys[version_key, selector]

    def _add_test(self, key: int, version_key: int, condition: Condition) -> None:
        test_key = len(self.tests) + 1
        self.tests.append((test_key, key, version_key, condition.attribute, condition.negated))
        for low, high in sorted({(each.low.upper(), each.high.upper()) for each in condition.ranges}):
            self.ranges.append((test_key, low, high, len(low)))
