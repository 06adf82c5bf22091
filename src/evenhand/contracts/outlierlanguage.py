"""The cost outlier of a term: its keys, how they are read, written back and said, and what they leave open."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from evenhand.codes import CodeRange
from evenhand.contracts.codevalues import CodeFormError, drg_words, parse_codes
from evenhand.contracts.outliers import DrgShare, Outlier
from evenhand.contracts.protection.writing import percent
from evenhand.contracts.records import Entry, Key, Record
from evenhand.contracts.shapes import DATE, MONEY, PERCENT, TEXT, YES, Listed, Sequenced, Value, Word
from evenhand.errors import Log
from evenhand.money import show_money

RATIO = Value("a ratio of cost to charges", "0.32", r"[01]?\.\d{1,6}|[1-9]", Decimal)
_BY_DRG = Record(
    "by_drg",
    (
        Key("drg", Listed(Word("a DRG", "927-929"), split=True), "DRGs.", required=True, example="[927-929, 933-935]"),
        Key("percent", PERCENT, "The share paid for them, in percent.", required=True, example="90"),
    ),
)
OUTLIER = Record(
    "outlier",
    (
        Key("cost_to_charge", RATIO, "Cost as a share of charges.", required=True, example="0.32"),
        Key("fixed_loss", MONEY, "The loss borne first, in dollars.", required=True, example="38000"),
        Key("percent", PERCENT, "The share of the rest that is paid, in percent.", required=True, example="80"),
        Key("by_drg", Sequenced(_BY_DRG), "Other shares for some DRGs, such as burns."),
        Key("source", TEXT, "Where the ratio comes from."),
        Key("as_of", DATE, "The day the ratio is of."),
        Key("updated_by", TEXT, "Who brings the ratio up to date, and when."),
        Key("carve_outs", YES, "yes: what is paid in addition counts, with its charges and its payment."),
        Key("escalates", YES, "Whether the fixed loss rises with the escalator."),
        Key("cite", TEXT, "Where the signed document says so."),
    ),
)


def read_outlier(said: Entry | None, log: Log) -> Outlier | None:
    """The outlier of a term; ``None`` where it has none, or one that cannot be read."""
    if said is None or not {"cost_to_charge", "fixed_loss", "percent"} <= said.values.keys():
        return None
    by_drg = tuple(DrgShare(_drgs(each, log), each.get("percent", Decimal(0))) for each in said.get("by_drg", ()))
    _check_drgs(by_drg, said, log)
    if 0 < said.get("percent") < Decimal("0.01"):
        log.warn(said.line_of("percent"), "the outlier pays less than one percent", "write 80 for 80 %, not 0.80")
    return Outlier(
        cost_to_charge=said.get("cost_to_charge"),
        fixed_loss=said.get("fixed_loss"),
        share=said.get("percent"),
        by_drg=by_drg,
        source=said.get("source", ""),
        as_of=said.get("as_of"),
        updated_by=said.get("updated_by", ""),
        carve_outs_count=said.get("carve_outs"),
        escalates=said.get("escalates"),
        cite=said.get("cite", ""),
    )


def _drgs(said: Entry, log: Log) -> tuple[CodeRange, ...]:
    found: list[CodeRange] = []
    for word in said.get("drg", ()):
        try:
            found += parse_codes("drg", word.text)
        except CodeFormError as wrong:
            log.error(word.line, f"drg: {wrong.what}", wrong.right)
    return tuple(found)


def _check_drgs(by_drg: tuple[DrgShare, ...], said: Entry, log: Log) -> None:
    """A DRG has one share."""
    ranges = sorted(one for each in by_drg for one in each.drgs)
    for one, after in pairwise(ranges):
        if len(one.low) == len(after.low) and after.low <= one.high:
            log.error(said.line_of("by_drg"), f"DRG {after.low} stands in by_drg twice", "give each DRG one percent")


def written_outlier(outlier: Outlier) -> dict[str, Any]:
    """The keys of an outlier."""
    said = {
        "cost_to_charge": outlier.cost_to_charge,
        "fixed_loss": outlier.fixed_loss,
        "percent": percent(outlier.share),
        "by_drg": [{"drg": [str(one) for one in each.drgs], "percent": percent(each.share)} for each in outlier.by_drg],
        "source": outlier.source,
        "as_of": outlier.as_of,
        "updated_by": outlier.updated_by,
        "carve_outs": _yes(outlier.carve_outs_count),
        "escalates": _yes(outlier.escalates),
        "cite": outlier.cite,
    }
    return {key: value for key, value in said.items() if value not in (None, "", [])}


def outlier_words(outlier: Outlier | None) -> str:
    """What is paid on top of stays that cost far more than they are paid."""
    if outlier is None:
        return "none"
    shares = [f"{percent(outlier.share)}%"]
    shares += [f"{percent(each.share)}% for DRG {', '.join(map(drg_words, each.drgs))}" for each in outlier.by_drg]
    above = f"of the cost above payment and {show_money(outlier.fixed_loss)}"
    return "; ".join([f"{' and '.join(shares)} {above}, cost being {_ratio_words(outlier)}", *_flags(outlier)])


def _ratio_words(outlier: Outlier) -> str:
    told = {"": outlier.source, "as of ": outlier.as_of, "updated by ": outlier.updated_by}
    said = ", ".join(f"{before}{what}" for before, what in told.items() if what)
    return f"{outlier.cost_to_charge.normalize():f} of charges" + (f" ({said})" if said else "")


def _flags(outlier: Outlier) -> Iterator[str]:
    if outlier.carve_outs_count is not None:
        yield f"carve-outs {'count' if outlier.carve_outs_count else 'do not count'}"
    if outlier.escalates is not None:
        yield f"the fixed loss {'rises' if outlier.escalates else 'does not rise'} with the escalator"
    if outlier.cite:
        yield outlier.cite


def silent_outlier(outlier: Outlier, *, carves: bool, rises: bool) -> Iterator[tuple[str, str]]:
    """What it does not say although it decides money, with what to write.

    Args:
        outlier: The outlier.
        carves: Whether the contract pays anything in addition to a stay.
        rises: Whether it has an escalator that does not say of itself whether thresholds rise.
    """
    if not outlier.source:
        yield "where its ratio of cost to charges comes from", "add 'source: cost report of 2024'"
    if outlier.as_of is None:
        yield "of which day its ratio of cost to charges is", "add 'as_of: 2025-01-01'"
    if not outlier.updated_by:
        yield "who brings its ratio of cost to charges up to date", "add 'updated_by: the plan, each 1 October'"
    if carves and outlier.carve_outs_count is None:
        yield "whether carve-outs count; priced as if they do not", "add 'carve_outs: no' or 'yes'"
    if rises and outlier.escalates is None:
        what = "whether the fixed loss rises with the escalator; priced as if it does not"
        yield what, "add 'escalates: no' or 'yes'"


def _yes(flag: bool | None) -> str | None:
    return None if flag is None else "yes" if flag else "no"
