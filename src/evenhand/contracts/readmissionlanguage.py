"""The condition ``readmitted_within``: its keys, how it is read, written back and said."""

from __future__ import annotations

from typing import Any

from evenhand.codes import CodeRange
from evenhand.contracts.codevalues import CodeFormError, drg_words, parse_codes
from evenhand.contracts.readmissions import PROVIDERS, Readmission
from evenhand.contracts.records import Entry, Key, Record
from evenhand.contracts.shapes import Choice, Either, Listed, Value, Word
from evenhand.errors import Log

STATUS = Value("a discharge status of two digits", '"02"', r"\d{1,2}", lambda text: text.zfill(2))
DAYS = Value("a number of days, at most 365", "30 days", r"([1-9]|[1-9]\d|[12]\d\d|3[0-5]\d|36[0-5])( days?)?",
             lambda text: int(text.split()[0]))  # fmt: skip
READMITTED_WITHIN = Either(
    DAYS,
    Record(
        "readmitted_within",
        (
            Key("days", DAYS, "The most days from the discharge to this admission.", required=True, example="30"),
            Key("drg", Choice({"same": True, "any": False}), "same: both stays have the same DRG; without it, any."),
            Key("first_drg", Listed(Word("a DRG", "291-293"), split=True), "DRGs of the first stay; without it, any."),
            Key("provider", Choice({word: word for word in PROVIDERS}), "The same by billing NPI, by TIN, by either."),
            Key("not_after", Listed(STATUS, split=True), "Discharge statuses of the first stay that do not count."),
        ),
    ),
)


def read_readmission(said: Any, log: Log) -> Readmission | None:
    """The condition; ``None`` where there is none, or it cannot be read."""
    if said is None or isinstance(said, int):
        return None if said is None else Readmission(said)
    if "days" not in said.values:
        return None
    return Readmission(
        days=said.get("days"),
        same_drg=said.get("drg", False),
        first_drg=_drgs(said, log),
        provider=said.get("provider", "either"),
        not_after=said.get("not_after", ()),
    )


def _drgs(said: Entry, log: Log) -> tuple[CodeRange, ...]:
    found: list[CodeRange] = []
    for word in said.get("first_drg", ()):
        try:
            found += parse_codes("drg", word.text)
        except CodeFormError as wrong:
            log.error(word.line, f"first_drg: {wrong.what}", wrong.right)
    return tuple(found)


def written_readmission(readmission: Readmission) -> Any:
    """The condition as the language writes it: the days alone where that is all."""
    said: dict[str, Any] = {"drg": "same"} if readmission.same_drg else {}
    if readmission.first_drg:
        said["first_drg"] = [str(one) for one in readmission.first_drg]
    if readmission.provider != "either":
        said["provider"] = readmission.provider
    if readmission.not_after:
        said["not_after"] = list(readmission.not_after)
    return {"days": readmission.days, **said} if said else f"{readmission.days} days"


def readmission_words(readmission: Readmission) -> str:
    """The condition in words."""
    first = f" for DRG {', '.join(map(drg_words, readmission.first_drg))}" if readmission.first_drg else ""
    where = {"either": "the same provider", "npi": "the same NPI", "tin": "the same tax number", "any": "any provider"}
    words = f"readmitted within {readmission.days} days of a stay{first} at {where[readmission.provider]}"
    if readmission.same_drg:
        words += ", with the same DRG"
    if readmission.not_after:
        words += f", unless that ended with discharge status {', '.join(readmission.not_after)}"
    return words
