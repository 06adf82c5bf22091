"""What is asked of the worth of offers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from evenhand.errors import UsageError
from evenhand.negotiation.worth.runout import WAYS, Way

MOST_YEARS, MOST_DRAWS, FEWEST_DRAWS = 10, 100_000, 100


@dataclass(frozen=True, slots=True)
class WorthQuestion:
    """Which claims, which years, how sure.

    Attributes:
        first_day, last_day: claims that begin on these days are valued; without them the last twelve months.
        start: first day of the first year; without it, the first offer's.
        years: how many years, 1 to 10.
        run_out: what is done about months that are not complete: ``complete``, ``drop`` or ``as it is``.
        draws: how many futures are drawn.
        seed: the same seed gives the same answer.
        assumptions: a YAML file of assumptions that replace the book's and the program's.
        given: assumptions by name, which replace those of the file.
        costs: a CSV file ``code,cost`` of the provider's cost of a unit.
    """

    first_day: date | None = None
    last_day: date | None = None
    start: date | None = None
    years: int = 3
    run_out: Way = "complete"
    draws: int = 1000
    seed: int = 20_250_101
    assumptions: Path | None = None
    given: dict[str, float] = field(default_factory=dict)
    costs: Path | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.years <= MOST_YEARS:
            raise UsageError(f"{self.years} years cannot be valued; say 1 to {MOST_YEARS}")
        if not FEWEST_DRAWS <= self.draws <= MOST_DRAWS:
            raise UsageError(f"{self.draws:,} draws are too few or too many; say {FEWEST_DRAWS} to {MOST_DRAWS:,}")
        if self.run_out not in WAYS:
            raise UsageError(f"run-out '{self.run_out}' is not known; say {', '.join(WAYS)}")
