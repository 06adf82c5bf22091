"""The best ask, as sheets: what it comes to, rate by rate, as the payer will see it, and what its limits cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from evenhand.documents.ask_view import NOTHING, decimal_of, dollars_of, lines_sheet, market_p75, payers_view
from evenhand.documents.sheet import Field, Sheet
from evenhand.negotiation.ask import ShapedAnswer, nash_point
from evenhand.negotiation.ask.from_book import Ask, AskedRate
from evenhand.negotiation.assumptions import Assumptions
from evenhand.negotiation.value import OfferValue

_SUMMARY = (Field("what", "What"), Field("dollars", "Dollars a year", "dollars"), Field("share", "Share", "percent"))
_RATES = (
    Field("code", "Code or term"),
    Field("line", "Service line"),
    Field("today", "Today", "money"),
    Field("asked", "Ask", "money"),
    Field("rise", "Rise", "rate"),
    Field("units", "Units", "count"),
    Field("allowed", "Allowed", "change"),
    Field("gain", "To us", "change"),
    Field("cost", "Plan pays", "change"),
    Field("p75", "Market p75", "money"),
    Field("held_by", "Held by"),
)
_WORTH = (
    Field("words", "In words"),
    Field("brings", "Brings a year", "dollars"),
    Field("margin", "At the margin", "money"),
)
_EDGE = (
    Field("spend", "Plan pays more", "dollars"),
    Field("share", "of today", "percent"),
    Field("gain", "To us", "dollars"),
)
_HELD = (
    Field("code", "Code or term"),
    Field("line", "Service line"),
    Field("today", "Today", "money"),
    Field("allowed", "Allowed today", "dollars"),
    Field("why", "Held by"),
)
_SHAPE = (Field("what", "Service line or code"), Field("rise", "Rise", "rate"), Field("kind", "Kind"))
_ASSUMED = (
    Field("name", "Name"),
    Field("value", "Value", "number"),
    Field("low", "Least", "number"),
    Field("high", "Most", "number"),
    Field("meaning", "What it is"),
    Field("source", "Source"),
    Field("sure", "How sure"),
)


def ask_sheets(ask: Ask, *, most: int | None = None, priced: OfferValue | None = None) -> list[Sheet]:
    """The ask as sheets; ``most`` limits the long ones, for a screen; ``priced`` is the written offer by the engine."""
    changed = [one for one in ask.rates if one.rise > 0]
    sheets = [
        Sheet("summary", f"The best ask of {ask.contract.parties.payer}", _SUMMARY, _summary(ask, priced), source(ask)),
        Sheet("ask", "Rate by rate", _RATES, [_rate(ask, one) for one in changed][:most], _RATES_NOTE, NOTHING),
        payers_view(ask),
        lines_sheet(ask),
        Sheet("limits", "What the limits cost us", _WORTH, _worth(ask)[:most], _WORTH_NOTE, "No limit binds."),
        Sheet("frontier", "The most we can gain for what the plan spends", _EDGE, _edge(ask)[:most], _edge_note(ask)),
        Sheet("held", "Rates that cannot be asked for", _HELD, _held(ask)[:most], "", "None."),
        Sheet("assumptions", "What this rests on", _ASSUMED, _used(ask)),
    ]
    if isinstance(ask.answer, ShapedAnswer):
        sheets.insert(
            1, Sheet("shape", "As a contract would say it", _SHAPE, _shape(ask.answer), _shape_note(ask.answer))
        )
    return sheets


def assumed(stated: Assumptions) -> list[dict[str, Any]]:
    """Assumptions as rows: numbers as they were written."""
    return [
        {**row, **{key: Decimal(f"{row[key]:.6g}") for key in ("value", "low", "high")}}
        for row in stated.table().rows()
    ]


def _used(ask: Ask) -> list[dict[str, Any]]:
    """The assumptions that enter the answer: those on volumes only where they are in doubt."""
    rows = assumed(ask.question.assumptions)
    return [row for row in rows if ask.question.doubt is not None or not row["name"].startswith("strays")]


def headline(ask: Ask) -> str:
    """The ask in two sentences: what it brings and costs, and how sure it is that nothing better exists."""
    answer = ask.answer
    size = "less than 0.01%" if answer.gap < 0.0001 else f"{answer.gap:.2%}"
    gap = f"no ask within these limits brings more than {dollars_of(answer.bound)}, so the gap is {size} at most"
    sure = "and none brings more" if answer.gap == 0 else gap
    return (
        f"Raising {answer.changed:,} of {len(ask.rates):,} rates brings {dollars_of(answer.gain)} a year and costs the "
        f"plan {dollars_of(answer.cost)} ({answer.cost / ask.plan_pays:.2%} of what it pays); {sure}."
    )


def source(ask: Ask) -> str:
    """Where the figures come from."""
    return (
        f"{ask.paid.claims:,} claims ({ask.paid.lines:,} lines) that begin from {ask.first_day} to {ask.last_day}, "
        f"priced under {ask.contract.name} as it stands on {ask.effective}, and with its rates higher by up to "
        f"{ask.question.most_rise:.0%}. Found: {ask.answer.method}."
    )


def _row(what: str, dollars: float | None, share: float | None = None) -> dict[str, Any]:
    return {
        "what": what,
        "dollars": None if dollars is None else decimal_of(dollars),
        "share": None if share is None else decimal_of(share),
    }


def _summary(ask: Ask, priced: OfferValue | None) -> Sequence[dict[str, Any]]:
    answer, today = ask.answer, float(ask.paid.amount)
    rows = [
        _row("Allowed today", today),
        _row("What of it the plan pays", ask.plan_pays, ask.plan_pays / today),
        _row("Budget of the ask", answer.problem.limits.budgets[""], answer.problem.limits.budgets[""] / ask.plan_pays),
        _row("The ask brings us, as far as it is collected", answer.gain, answer.gain / today),
        _row("It costs the plan", answer.cost, answer.cost / ask.plan_pays),
        _row("It costs patients", ask.allowed - answer.cost, (ask.allowed - answer.cost) / today),
        _row("Allowed more, plan and patients together", ask.allowed, ask.allowed / today),
        _row("No ask within the limits brings more than", answer.bound),
        _row("Gap, worked out from the ask and the prices of its limits", answer.bound - answer.gain, answer.gap),
    ]
    if answer.solver_gap is not None:
        rows.append(_row("The same by the solver's own word", None, answer.solver_gap))
    if priced is not None:
        change = float(priced.change)
        rows.append(_row("The written offer, priced on the same claims", change, change / today))
        rows.append(
            _row(
                "Apart by rounding, procedures ranked anew, and lesser-of between the levels measured",
                change - ask.allowed,
            )
        )
    return rows


def _rate(ask: Ask, one: AskedRate) -> dict[str, Any]:
    room, allowed = one.room, one.room.volume * one.room.rate * one.rise
    p75 = market_p75(ask, one)
    full = one.rise >= one.bound.rise * (1 - 1e-6)
    return {
        "code": room.code,
        "line": room.line,
        "today": decimal_of(room.rate),
        "asked": decimal_of(room.rate * (1 + one.rise)),
        "rise": decimal_of(one.rise),
        "units": one.paid.units,
        "allowed": decimal_of(allowed),
        "gain": decimal_of(allowed * room.worth),
        "cost": decimal_of(allowed * room.payer_share),
        "p75": None if p75 is None else decimal_of(p75),
        "held_by": one.bound.why if full else "the limits of the ask",
    }


def _worth(ask: Ask) -> list[dict[str, Any]]:
    return [
        {"words": one.words, "brings": decimal_of(one.brings), "margin": decimal_of(one.at_margin)} for one in ask.worth
    ]


def _edge(ask: Ask) -> list[dict[str, Any]]:
    """The frontier at each half point of what the plan pays, up to its end."""
    end = float(ask.edge.spend[-1]) / ask.plan_pays
    shares: Iterable[float] = [number * 0.005 for number in range(1, min(int(end / 0.005), 20) + 1)] + [end]
    return [
        {
            "spend": decimal_of(share * ask.plan_pays),
            "share": decimal_of(share),
            "gain": decimal_of(float(ask.edge.at([share * ask.plan_pays])[0])),
        }
        for share in shares
    ]


def _edge_note(ask: Ask) -> str:
    """What the frontier leaves aside, and its Nash point were the budget all the payer could give."""
    budget = ask.answer.problem.limits.budgets[""]
    if budget <= 0:
        return _EDGE_NOTE
    point = nash_point(ask.edge, budget)
    return (
        f"{_EDGE_NOTE} Were the budget all the payer could give, the product of both sides' gains (Nash) would be "
        f"greatest where the plan spends {dollars_of(point.spend)}, which brings us {dollars_of(point.gain)}."
    )


def _held(ask: Ask) -> list[dict[str, Any]]:
    rows = [
        {"code": rate.name, "line": rate.line, "today": decimal_of(rate.rate), "allowed": rate.amount, "why": bound.why}
        for rate, bound in ask.held
    ]
    return sorted(rows, key=lambda row: (-row["allowed"], row["code"]))


def _shape(answer: ShapedAnswer) -> list[dict[str, Any]]:
    lines = [
        {"what": line, "rise": decimal_of(rise), "kind": "service line"}
        for line, rise in sorted((answer.line_rises or {}).items())
    ]
    own = [
        {"what": code, "rise": decimal_of(rise), "kind": "carved out"}
        for code, rise in sorted((answer.carved_out or {}).items())
    ]
    return [*lines, *own]


def _shape_note(answer: ShapedAnswer) -> str:
    words = "No code goes beyond the most it can be asked to: where its line's rise would take it there, it stops."
    if answer.out_of_order:
        words += f" Out of order by this: {', '.join(answer.out_of_order)}."
    return words


_RATES_NOTE = (
    "Today: the mean over units paid, before modifiers and limits. To us: as far as it is collected. "
    "Volumes are those of the claims; none is expected to change with the rate. A term that pays a percentage "
    "stands with the dollars it comes to a unit."
)
_WORTH_NOTE = "Each limit widened by itself, and the ask worked out anew. At the margin: for one more dollar, or code."
_EDGE_NOTE = "Within what is plausible for each rate and the caps on service lines; ladders and counts of codes aside."
