"""Everything that can go wrong, as one tree.

::

    EvenhandError              a person can act on it; the CLI prints it without a traceback
    ├── UsageError             the request itself makes no sense
    ├── BookError              a book cannot be opened, written or found
    ├── ReadError              a file cannot be recognised or read
    ├── ContractError          a contract file is refused; carries every problem found in it
    ├── SelectionError         a claim, load, payer or contract that was named does not exist
    ├── ConflictError          what was to be changed has been changed by somebody else since
    ├── PricingError           the plan cannot price what it was given
    └── EngineError            an engine lacks what it needs, cannot be reached, or refuses a step
        └── PlanError          an engine fails on its own plan of a step, and may not with a simpler one

While a file is read, what is wrong with it is *returned* as :class:`Problem` values, all at once;
an exception is raised only when nothing useful can go on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input: where it stands, what it is, what would be right.

    >>> print(Problem("contract.yaml", 12, "'percnt' is not known here", "did you mean 'percent'?"))
    contract.yaml:12: 'percnt' is not known here; did you mean 'percent'?
    """

    file: str
    line: int | None
    what: str
    right: str = ""
    severity: str = "error"

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.what}" + (f"; {self.right}" if self.right else "")


class EvenhandError(Exception):
    """Base of all errors a person can act on."""


class UsageError(EvenhandError):
    """The request itself makes no sense (an option, a date, an output format)."""


class BookError(EvenhandError):
    """A book cannot be opened, written or found."""


class ReadError(EvenhandError):
    """A file cannot be recognised or read."""

    def __init__(self, path: Path | str, what: str, right: str = "") -> None:
        self.problem = Problem(str(path), None, what, right)
        super().__init__(str(self.problem))


class ContractError(EvenhandError):
    """A contract file is refused. ``problems`` holds everything wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class SelectionError(EvenhandError):
    """A claim, load, payer or contract that was named does not exist."""


class ConflictError(EvenhandError):
    """What was to be changed has been changed by somebody else since. It carries what it was and what it is now."""

    def __init__(self, what: str, was: object, now: object) -> None:
        super().__init__(f"{what} was changed by somebody else since; nothing was overwritten")
        self.was, self.now = was, now


class PricingError(EvenhandError):
    """The plan cannot price what it was given."""


class EngineError(EvenhandError):
    """An engine lacks what it needs, cannot be reached, or refuses a step."""


class PlanError(EngineError):
    """An engine fails on its own plan of a step, which is no fault of the question; a simpler plan may do."""

    def __init__(self, step: str, setting: str) -> None:
        super().__init__(f"DuckDB fails on its own plan of '{step}'; set {setting}=1 and ask again")


class Log:
    """Collects what is wrong with one file, in the order of its lines."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def error(self, line: int | None, what: str, right: str = "") -> None:
        """The file cannot be used as it is."""
        self.problems.append(Problem(self.file, line, what, right))

    def warn(self, line: int | None, what: str, right: str = "") -> None:
        """The file can be used, and a person should look."""
        self.problems.append(Problem(self.file, line, what, right, "warning"))

    @property
    def failed(self) -> bool:
        """Whether there is at least one error."""
        return any(problem.severity == "error" for problem in self.problems)
