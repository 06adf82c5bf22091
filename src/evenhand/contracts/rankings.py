"""Rankings of procedures in the contract language: what may be written, how it is read and written back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any, Literal

from evenhand.codes import CodeRange
from evenhand.contracts.model import ASSISTANTS, UNNAMED, Condition, Family, MultipleProcedures, Selector
from evenhand.contracts.records import Entry, Key, Record, named_once
from evenhand.contracts.selectors import CodeSets, read_codes, read_selector
from evenhand.contracts.shapes import PERCENT, TEXT, Choice, Either, Listed, Named, Shape, Value, Word
from evenhand.errors import Log

#: Procedures ranked when a contract does not say which: surgery, as the code book orders it.
SURGERY = Selector((Condition("codes", (CodeRange("10004", "69990"),)),))

INDICATOR = Value("an indicator of a few letters or digits", "2", r"[A-Za-z0-9]{1,4}", str.upper)
_BASE = Value("a procedure code", '"45378"', r"[A-Za-z0-9]{5}", str.upper)
_FAMILIES = Either(
    Choice({"endo_base": "endo_base"}, "base codes with the codes of their families"),
    Named(Listed(Word("a code or a range", "45379-45398"), split=True), _BASE),
)
PARTS_RECORD = Record(
    "parts",
    (
        Key("technical", Listed(PERCENT), "Shares of the technical part, the highest first."),
        Key("professional", Listed(PERCENT), "Shares of the professional part, the highest first."),
        Key(
            "practice_expense",
            Choice({"reduced": (Decimal(1), Decimal(0))}),
            "reduced: the highest in full, all others at the reduced amount in the table.",
        ),
    ),
)


def ranking_keys(selector: Record, modifier: Value) -> tuple[Key, ...]:
    """The keys of ``multiple_procedures``."""
    apart: Shape = Either(Choice({"none": "none"}, "modifiers"), Listed(modifier, split=True))
    return (
        Key("name", TEXT, "What the ranking is called, where there are several."),
        Key(
            "order",
            Choice({"fee": "fee", "rvu": "rvu"}),
            "Highest fee (so without it) or relative value first.",
        ),
        Key(
            "percent",
            Listed(PERCENT),
            "First, second, third…; the last repeats.",
        ),
        Key("for", selector, "Which procedures; without it codes 10004-69990."),
        Key(
            "units",
            Choice({"line": "line", "each": "each"}),
            "line: a line is one procedure, whatever its units (so without this key). each: every unit takes a rank.",
        ),
        Key("scope", Choice({"day": "day", "claim": "claim"}), "Rank those of one day (so without it), or all."),
        Key("indicator", Listed(INDICATOR, split=True), "Which procedures, by their 'multiple' indicator."),
        Key("apart", apart, "Modifiers whose lines are ranked by themselves; without it 80, 81, 82, AS."),
        Key(
            "families",
            _FAMILIES,
            "Endoscopies paid in families: endo_base, by the table's column; or each base code with its family.",
        ),
        Key("parts", PARTS_RECORD, "Instead of percent: parts of a service that are ranked each by itself."),
    )


def read_rankings(said: tuple[Entry, ...], sets: CodeSets, log: Log) -> tuple[MultipleProcedures, ...]:
    """The rankings as stated, in their order; one that does not say what it pays is left out."""
    found = [(entry, ranking) for entry in said if (ranking := _ranking(entry, sets, log)) is not None]
    named = [entry for entry, _ in found if "name" in entry]
    named_once(named, [entry.get("name", "") for entry in named], "rankings", log)
    return tuple(ranking for _, ranking in found)


def _ranking(said: Entry, sets: CodeSets, log: Log) -> MultipleProcedures | None:
    selector = Selector() if "indicator" in said else SURGERY
    if "for" in said:
        selector = read_selector(said.get("for"), sets, log)
    if selector.on_schedule:
        log.error(said.line_of("for"), "'on schedule' has no meaning here", "name the codes instead")
    factors, parts = said.get("percent", ()), _parts(said.get("parts"))
    if not _says_what_it_pays(said, log):
        return None
    return MultipleProcedures(
        factors,
        selector,
        units=said.get("units", "line"),
        scope=said.get("scope", "day"),
        apart=_apart(said.get("apart")),
        order=said.get("order", "fee"),
        name=said.get("name", UNNAMED),
        indicators=tuple(dict.fromkeys(said.get("indicator", ()))),
        families=_families(said, sets, log),
        parts=parts,
    )


def _parts(said: Entry | None) -> dict[str, tuple[Decimal, ...]]:
    return {} if said is None else {key.replace("_", " "): shares for key, shares in said.values.items() if shares}


def _says_what_it_pays(said: Entry, log: Log) -> bool:
    """Whether a ranking has shares of lines, or of their parts, and of one of them only."""
    if "percent" in said and not said.get("percent", ()):
        log.error(said.line_of("percent"), "percent lists nothing", "write it like [100, 50, 25]")
    elif "percent" not in said and "parts" not in said:
        log.error(said.line, "multiple_procedures has no 'percent'", "add 'percent: [100, 50, 25]', or 'parts:'")
    elif "percent" in said and "parts" in said:
        log.error(said.line_of("parts"), "percent and parts both stand here", "keep one of them")
    elif "parts" in said:
        return _ranks_parts(said, log)
    return bool(said.get("percent"))


def _ranks_parts(said: Entry, log: Log) -> bool:
    beside = next((key for key in ("families", "order") if key in said), None)
    if not _parts(said.get("parts")):
        log.error(said.line_of("parts"), "parts names none", "write it like {technical: [100, 50]}")
    elif beside is not None:
        log.error(said.line_of(beside), f"{beside} does not go with parts", f"drop {beside}")
    elif not ("for" in said or "indicator" in said):
        log.error(said.line, "parts need to be told of which services", "add 'indicator: 4', or 'for:' with the codes")
    else:
        return True
    return False


def _apart(said: Any) -> tuple[str, ...]:
    if said is None:
        return ASSISTANTS
    return () if "none" in (said, *said) else tuple(said)


def _families(said: Entry, sets: CodeSets, log: Log) -> Literal["endo_base"] | tuple[Family, ...]:
    stated = said.get("families", ())
    if stated == "endo_base":
        return "endo_base"
    families = tuple(Family(base.text, read_codes(codes, sets, log)) for base, codes in stated)
    for one, other in combinations(families, 2):
        shared = next((mine for mine in _codes(one) for its in _codes(other) if _overlap(mine, its)), None)
        if shared is not None:
            what = f"the families of {one.base} and {other.base} share {shared}"
            log.error(said.line_of("families"), what, "give each code one family")
    return families


def _codes(family: Family) -> Iterable[CodeRange]:
    return (CodeRange(family.base, family.base), *family.codes)


def _overlap(one: CodeRange, other: CodeRange) -> bool:
    return len(one.low) == len(other.low) and one.low <= other.high and other.low <= one.high


def said_ranking(ranking: MultipleProcedures) -> dict[str, Any]:
    """What a contract file says of the ranking, all but its selector."""
    said: dict[str, Any] = {} if ranking.name == UNNAMED else {"name": ranking.name}
    said |= {"order": ranking.order, "units": ranking.units, "scope": ranking.scope}
    if ranking.factors:
        said["percent"] = _percents(ranking.factors)
    if ranking.indicators:
        said["indicator"] = list(ranking.indicators)
    if ranking.apart != ASSISTANTS:
        said["apart"] = list(ranking.apart) or "none"
    if ranking.parts:
        del said["order"]
        said["parts"] = {part.replace(" ", "_"): _said_part(part, shares) for part, shares in ranking.parts.items()}
    if ranking.families == "endo_base":
        said["families"] = "endo_base"
    elif ranking.families:
        said["families"] = {one.base: list(map(str, one.codes)) for one in ranking.families}
    return said


def _said_part(part: str, shares: Sequence[Decimal]) -> Any:
    return "reduced" if part == "practice expense" else _percents(shares)


def _percents(shares: Sequence[Decimal]) -> list[str]:
    return [f"{(share * 100).normalize():f}" for share in shares]
