"""`evenhand contract check`: everything wrong or doubtful, and whether the worked cases price exactly."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from evenhand.cli.output import emit, output_options
from evenhand.contracts import Contract
from evenhand.contracts import check as check_contract
from evenhand.documents.sheet import Field, Sheet
from evenhand.errors import Problem
from evenhand.pricing.worked import case_problems

_FIELDS = (
    Field("path", "Contract"),
    Field("severity", "Severity"),
    Field("file", "File"),
    Field("line", "Line", "number"),
    Field("what", "What"),
    Field("right", "What would be right"),
)


@dataclass(frozen=True, slots=True)
class Checked:
    """One path and what was found there."""

    path: Path
    contract: Contract | None
    problems: list[Problem]

    @property
    def failed(self) -> bool:
        """Whether it cannot be relied on: an error, or a case that does not price exactly."""
        return any(problem.severity == "error" for problem in self.problems)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Judge notice dates as of this day.")
@output_options
def check(paths: tuple[Path, ...], today: Any, **output: Any) -> None:
    """Check contracts and offers: every error, every gap, every worked case."""
    day = today.date() if today else date.today()
    results = [_checked(path, day) for path in paths]
    if any(output.values()):
        emit([_sheet(results)], **output)
    else:
        for result in results:
            _tell(result)
    if any(result.failed for result in results):
        raise click.exceptions.Exit(1)


def _checked(path: Path, today: date) -> Checked:
    contract, problems = check_contract(path, today=today)
    return Checked(path, contract, problems + (case_problems(contract) if contract else []))


def _tell(result: Checked) -> None:
    counts = Counter(problem.severity for problem in result.problems)
    words = [f"{counts[kind]} {kind}{'s' if counts[kind] > 1 else ''}" for kind in ("error", "warning") if counts[kind]]
    state = "in order" if not result.failed else "refused"
    click.echo(f"{result.path}: {', '.join([state, *words])}{_size(result.contract)}")
    for problem in result.problems:
        click.echo(f"  {problem.severity:<8} {problem}")


def _size(contract: Contract | None) -> str:
    if contract is None:
        return ""
    last = contract.versions[-1]
    rates = sum(len(schedule.rates) for schedule in last.schedules.values())
    parts = [f"{len(last.terms)} terms", f"{rates:,} rates", f"{len(contract.versions)} version(s)"]
    return f" ({', '.join([*parts, f'{len(contract.cases)} worked case(s)'])})"


def _sheet(results: list[Checked]) -> Sheet:
    rows = [
        {
            "path": str(result.path),
            "severity": problem.severity,
            "file": problem.file,
            "line": problem.line,
            "what": problem.what,
            "right": problem.right,
        }
        for result in results
        for problem in result.problems
    ]
    return Sheet("problems", "Problems", _FIELDS, rows, empty="Everything is in order.")
