"""Sequestration, withholds and prompt payment written back in the contract language."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from evenhand.contracts.dues.language import COUNT, MONTHS, OF, ORDER
from evenhand.contracts.dues.states import COLUMNS
from evenhand.contracts.escalation import Index
from evenhand.contracts.lateness import LateStep, LateTerms, PromptPay
from evenhand.contracts.model import Rules, Selector
from evenhand.contracts.shapes import Choice
from evenhand.contracts.takings import Sequestration, Withhold

Said = dict[str, Any]


def written_dues(rules: Rules, selector: Callable[[Selector], Said], index_file: Callable[[Index], str]) -> Said:
    """The keys under ``rules:``, given how a selector is written and what an index's table is called."""
    return {
        "sequestration": [_taken(one, selector) for one in rules.sequestration] or "none",
        "withhold": [_withhold(one, selector) for one in rules.withhold] or "none",
        "prompt_pay": [_prompt_pay(one, selector, index_file) for one in rules.prompt_pay] or "none",
    }


def _taken(rule: Sequestration | Withhold, selector: Callable[[Selector], Said]) -> Said:
    return {"percent": _percent(rule.share), **_common(rule, selector)}


def _withhold(rule: Withhold, selector: Callable[[Selector], Said]) -> Said:
    return _taken(rule, selector) | ({} if rule.order is None else {"order": _word(ORDER, rule.order)})


def _common(rule: Sequestration | Withhold | PromptPay, selector: Callable[[Selector], Said]) -> Said:
    start = None if rule.period.start == date.min else rule.period.start
    covers = rule.covers and selector(rule.covers)
    return _some(**{"for": covers, "from": start}, ends=rule.period.last, cite=rule.cite)


def _prompt_pay(rule: PromptPay, selector: Callable[[Selector], Said], index_file: Callable[[Index], str]) -> Said:
    said: Said = _some(claims="paper" if rule.paper else None, index=rule.index and index_file(rule.index))
    if rule.source is None:
        return _own(rule.terms[0]) | said | _common(rule, selector)
    named = _some(state=rule.source.state, table=rule.source.table and state_file(rule))
    return named | said | _common(rule, selector)


def _own(terms: LateTerms) -> Said:
    days = terms.days if terms.paper_days is None else {"electronic": terms.days, "paper": terms.paper_days}
    said = _some(days=days, count=_word(COUNT, terms.working), per=terms.per, year_days=terms.year_days)
    if terms.per == "month":
        said["months"] = _word(MONTHS, terms.months)
    if terms.linked_to:
        return said | _some(margin=_percent(terms.margin), at_least=_percent(terms.at_least))
    return said | {"of": _word(OF, terms.of), "steps": [_step(step) for step in terms.steps]}


def _step(step: LateStep) -> Said:
    return _some(to_day=step.to_day, percent=_percent(step.share), at_most=step.most, interest=_percent(step.yearly))


def state_file(rule: PromptPay) -> str:
    """The file a contract's own table of states is written to: one for each state."""
    assert rule.source is not None
    return PurePath(f"{PurePath(rule.source.table).stem}-{rule.source.state.lower()}.csv").as_posix()


def state_table(rule: PromptPay) -> str:
    """The rows of one state as a table in CSV."""
    assert rule.source is not None
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for terms in rule.terms:
        for step in terms.steps or (LateStep(Decimal(0)),):
            writer.writerow(_row(rule, terms, step))
    return out.getvalue()


def _row(rule: PromptPay, terms: LateTerms, step: LateStep) -> Said:
    assert rule.source is not None
    source = {name: getattr(rule.source, name) for name in ("state", "citation", "status", "note")}
    linked = bool(terms.linked_to)
    return source | _some(
        **{"from": None if terms.period.start == date.min else terms.period.start, "to": terms.period.last},
        days=terms.days,
        paper_days=terms.paper_days,
        count=_word(COUNT, terms.working),
        per=terms.per,
        late_to=step.to_day,
        percent=None if linked else _percent(step.share),
        at_most=step.most,
        interest=_percent(step.yearly),
        of=_word(OF, terms.of),
        year_days=terms.year_days,
        months=_word(MONTHS, terms.months),
        index=terms.linked_to,
        margin=_percent(terms.margin) if linked else None,
        at_least=_percent(terms.at_least),
    )


def _word(choice: Choice, value: Any) -> str:
    return next(word for word, meant in choice.words.items() if meant == value)


def _percent(share: Decimal | None) -> str | None:
    return None if share is None else f"{(share * 100).normalize():f}"


def _some(**values: Any) -> Said:
    return {key: value for key, value in values.items() if value not in (None, "", {}, [])}
