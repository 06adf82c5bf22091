"""What was wrong in the files loaded: counted by rule, or one by one."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from evenhand.book import Book
from evenhand.documents.sheet import Field, Sheet

_GROUPED = (
    Field("rule", "Rule"),
    Field("severity", "Severity"),
    Field("findings", "Findings", "count"),
    Field("files", "Files", "count"),
    Field("amount", "Sum of differences", "money"),
    Field("example", "For example"),
)
_DETAIL = (
    Field("severity", "Severity"),
    Field("rule", "Rule"),
    Field("file", "File"),
    Field("byte_offset", "At byte", "number"),
    Field("element", "Element"),
    Field("found", "Found"),
    Field("expected", "Expected"),
    Field("amount", "Difference", "money"),
    Field("message", "Message"),
)
_CHOSEN = """findings join files using (file_id)
    where ($rule is null or rule = $rule) and ($severity is null or severity = $severity)
      and ($file is null or contains(path, $file))"""
_BY_RULE = f"""select rule, severity, count(*) as findings, count(distinct file_id) as files, sum(amount) as amount,
      arg_min(message, subject_key) as example
    from {_CHOSEN} group by rule, severity
    order by array_position(['error', 'warning', 'note'], severity), findings desc, rule"""
_ONE_BY_ONE = f"""select severity, rule, path as file, byte_offset, element, found, expected, amount, message
    from {_CHOSEN} order by path, file_id, byte_offset, subject_key, rule
    limit $most offset $skip"""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which findings: of a rule, of a severity, of files whose path holds a text; ``None`` is all."""

    rule: str | None = None
    severity: str | None = None
    file: str | None = None


def by_rule(book: Book, chosen: Chosen) -> Sheet:
    """Findings counted by rule, with an example of each."""
    rows = book.relation(_BY_RULE, asdict(chosen)).rows()
    return Sheet("findings", "Findings", _GROUPED, rows, empty="" if rows else _empty(book, chosen))


def one_by_one(book: Book, chosen: Chosen, *, most: int, skip: int = 0) -> Sheet:
    """Each finding, in the order of the files; ``most`` of them, after the first ``skip``."""
    rows = book.relation(_ONE_BY_ONE, {**asdict(chosen), "most": most, "skip": skip}).rows()
    return Sheet("findings", "Findings", _DETAIL, rows, empty="" if rows else _empty(book, chosen))


def how_many(book: Book, chosen: Chosen) -> int:
    """The number of findings chosen."""
    return int(book.relation(f"select count(*) as n from {_CHOSEN}", asdict(chosen)).rows()[0]["n"])


def rules(book: Book) -> list[str]:
    """The rules there are findings of, by name."""
    return [str(row["rule"]) for row in book.relation("select distinct rule from findings order by rule").rows()]


def _empty(book: Book, chosen: Chosen) -> str:
    """Nothing fits what was asked; what there is instead."""
    if not book.loads():
        return f"The book at {book.path} is empty; load files with: evenhand load PATH…"
    there = rules(book)
    if not there or chosen == Chosen():
        return "No findings."
    return f"No findings fit; the book has findings of {', '.join(there)}."
