"""Writing a contract back into a folder: its first version as ``contract.yaml``, later ones as amendments."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any

from evenhand.codes import CodeRange
from evenhand.contracts.anesthesialanguage import written_anesthesia
from evenhand.contracts.capitationlanguage import written_capitation
from evenhand.contracts.cases import UNSTATED_CHARGE
from evenhand.contracts.chargelimitlanguage import written_limiters
from evenhand.contracts.codevalues import narrowest
from evenhand.contracts.dues import state_file, state_table, written_dues
from evenhand.contracts.escalation import Index
from evenhand.contracts.escalatorlanguage import written_escalators
from evenhand.contracts.indextable import index_text
from evenhand.contracts.inpatientterms import stay_written
from evenhand.contracts.leveltexts import stated_written
from evenhand.contracts.methods import (
    Amount,
    Anesthesia,
    Capitated,
    DrgWeights,
    Excluded,
    Levels,
    Packaged,
    PaidBySchedule,
    Payment,
    PercentOf,
    PercentOfCharges,
    PercentOfInvoice,
)
from evenhand.contracts.model import (
    Bound,
    Contract,
    FeeSchedule,
    MultipleProcedures,
    Rules,
    Selector,
    Term,
    Tier,
    Version,
    WorkedCase,
)
from evenhand.contracts.modifiers import said_modifiers
from evenhand.contracts.paidalone import written_paid_alone
from evenhand.contracts.protection import written_protection
from evenhand.contracts.rankings import said_ranking
from evenhand.contracts.reader import AMENDMENTS, CONTRACT_FILE
from evenhand.contracts.readmissionlanguage import written_readmission
from evenhand.periods import Period


def write_contract(contract: Contract, folder: Path) -> Path:
    """Write a contract so that reading it gives the same terms, rules, rates and dates.

    Code sets and comments are not part of a contract and are lost; case lines keep their values.

    Returns:
        The ``contract.yaml`` written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    first = contract.versions[0]
    tables = _write_tables(first, folder, 1)
    file = folder / CONTRACT_FILE
    file.write_text(yaml_text({**_head(contract), **_version(first, tables), **_cases(contract)}), encoding="utf-8")
    for number, version in enumerate(contract.versions[1:], start=2):
        _write_amendment(contract, number, version, folder / AMENDMENTS)
    return file


def _head(contract: Contract) -> dict[str, Any]:
    parties = contract.parties
    return {
        "contract": contract.name,
        "id": contract.id,
        "parties": {
            "provider": _some(name=parties.provider, tin=parties.provider_tins, npi=parties.provider_npis),
            "payer": _some(name=parties.payer, ids=parties.payer_ids, also=parties.payer_aliases),
        },
        "effective": contract.period.start,
        **_some(known=contract.known if contract.known != contract.signed else None),
        **_some(rental="yes" if contract.rental else "", precedence=contract.precedence),
        **({"chosen_by": contract.chosen_by} if contract.chosen_by != "admission" else {}),
        **_some(ends=contract.ends, terminated=contract.terminated, signed=contract.signed, renewal=contract.renewal),
    }


def _some(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, (), "", {})}


def _version(version: Version, tables: Mapping[str, str]) -> dict[str, Any]:
    return {
        **_some(products=version.products, schedules=tables),
        **_some(networks=version.scope.networks, plans=version.scope.plans, sites=version.scope.sites),
        "terms": [_term(term) for term in version.terms],
        "rules": _rules(version.rules),
        **_some(provisions=version.provisions),
    }


def _cases(contract: Contract) -> dict[str, Any]:
    return _some(cases=[_case(case) for case in contract.cases])


def _write_amendment(contract: Contract, number: int, version: Version, folder: Path) -> None:
    """All terms anew, the last first, each before the one that follows it: so their order is kept."""
    folder.mkdir(exist_ok=True)
    before = contract.versions[number - 2]
    terms = list(reversed(version.terms))
    placed = [_term(term) | ({"before": terms[i - 1].name} if i else {}) for i, term in enumerate(terms)]
    names = {term.name for term in version.terms}
    laid = next((one for one in contract.amendments if one.effective == version.period.start), None)
    said = {
        "amendment": (version.amendments or (f"Amendment {number - 1}",))[-1],
        "signed": (laid.signed if laid else None) or version.period.start,
        **_some(known=laid.known if laid else None),
        "effective": version.period.start,
        **_some(remove_terms=[term.name for term in before.terms if term.name not in names]),
        **_version(version, _write_tables(version, folder, number)),
        "terms": placed,
    }
    (folder / f"{number - 1:03}.yaml").write_text(yaml_text(said), encoding="utf-8")


def _write_tables(version: Version, folder: Path, number: int) -> dict[str, str]:
    """One CSV file for each schedule and further table; the names the schedules go by → files."""
    names = {}
    for place, (name, schedule) in enumerate(version.schedules.items(), start=1):
        plain = re.sub(r"[^a-z0-9]+", "-", name.lower().removesuffix(".csv")).strip("-") or "schedule"
        names[name] = f"{plain}-{number}-{place}.csv"
        (folder / names[name]).write_text(rate_table_text(schedule), encoding="utf-8", newline="")
    for file, text in _other_tables(version.rules).items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8", newline="")
    return names


def _other_tables(rules: Rules) -> dict[str, str]:
    """Files of indexes and of states' terms → what they hold."""
    indexes = filter(None, [one.index for one in rules.escalator] + [one.index for one in rules.prompt_pay])
    own = (rule for rule in rules.prompt_pay if rule.source is not None and rule.source.table)
    return {_index_file(index): index_text(index) for index in indexes} | {
        state_file(rule): state_table(rule) for rule in own
    }


def _index_file(index: Index) -> str:
    return PurePath(index.name).with_suffix(".csv").as_posix()


def rate_table_text(schedule: FeeSchedule) -> str:
    """A rate table as CSV, all it says of each code."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    facts = ("gmlos", "amlos", "transfer") if schedule.by == "drg" else ()
    names = list(dict.fromkeys(name for one in schedule.indicators for name in one.values))
    writer.writerow((schedule.by, "modifier", "setting", schedule.holds, "effective", "ends", *facts, *names))
    blank, unstated = [""] * len(names), [""] * len(facts)
    for rate in schedule.rates:
        told = [getattr(rate.drg, name, None) or "" for name in facts]
        writer.writerow((rate.code, rate.modifier, rate.setting, rate.amount, *_days(rate.period), *told, *blank))
    for one in schedule.indicators:
        values = (one.values.get(name, "") for name in names)
        writer.writerow((one.code, "", "", "", *_days(one.period), *unstated, *values))
    return out.getvalue()


def _days(period: Period) -> tuple[Any, Any]:
    return "" if period.start == date.min else period.start, period.last or ""


def _term(term: Term) -> dict[str, Any]:
    return {
        "name": term.name,
        **_some(**{"for": _selector(term.covers)}),
        **({"per": term.per} if term.per != "unit" else {}),
        "pay": _payment(term.pay),
        **({"carve_out": "yes"} if term.carve_out else {}),
        **({"default": "yes"} if term.default else {}),
        **_some(**{"except": term.excepts}, cite=term.cite, stop_loss="" if term.stop_loss else "no"),
        **stay_written(term),
        **_some(once=term.once, most_units=term.most_units),
    }


def _payment(pay: Payment) -> Any:
    match pay:
        case Amount() | Levels():
            return stated_written(pay)
        case Excluded() | Packaged():
            return "nothing" if isinstance(pay, Excluded) else "packaged"
        case Anesthesia():
            return written_anesthesia(pay)
        case Capitated():
            return written_capitation(pay)
        case PaidBySchedule(schedule):
            return {"fee_schedule": schedule}
        case PercentOf(schedule, factor, pinned):
            return {"percent_of": schedule, "rates_of": pinned or "date of service", "percent": _percent(factor)}
        case DrgWeights(schedule, base):
            return {"drg_weights": schedule, "base": base}
        case PercentOfCharges(factor):
            return {"percent_of_charges": _percent(factor)}
        case PercentOfInvoice(factor, most, otherwise):
            fallback = {} if otherwise is None else {"otherwise": _payment(otherwise)}
            return {"percent_of_invoice": _percent(factor), **({} if most is None else {"up_to": most}), **fallback}


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}"


def _selector(selector: Selector) -> dict[str, Any]:
    said: dict[str, Any] = {"codes": "on schedule"} if selector.on_schedule else {}
    for condition in selector.conditions:
        ranges = narrowest(condition.ranges) if condition.attribute == "diagnosis" else condition.ranges
        place = said.setdefault("not", {}) if condition.negated else said
        place[condition.attribute] = [_range(one) for one in ranges]
        place.update(_some(present_on_admission=condition.present))
    for bound in selector.bounds:
        said.update(_bound(bound))
    for key, nested in (("with", selector.with_line), ("without", selector.without_line)):
        said.update({key: _selector(nested)} if nested is not None else {})
    if selector.readmission is not None:
        said["readmitted_within"] = written_readmission(selector.readmission)
    return said


def _range(one: CodeRange) -> str:
    return str(one)


def _bound(bound: Bound) -> dict[str, Any]:
    if bound.measure in ("age", "length_of_stay"):
        low, high = ("" if end is None else str(end) for end in (bound.low, bound.high))
        return {bound.measure: low if low == high else f"{low}-{high}"}
    low_key = f"{bound.measure}_{'over' if bound.above else 'at_least'}"
    return _some(**{low_key: bound.low, f"{bound.measure}_up_to": bound.high})


def _rules(rules: Rules) -> dict[str, Any]:
    said: dict[str, Any] = written_protection(rules, _selector) | dict.fromkeys(
        ("grouper", "lesser_of", "multiple_procedures", "modifiers", "escalator"), "none"
    )
    if rules.grouper:
        said["grouper"] = rules.grouper
    if rules.lesser_of:
        said["lesser_of"] = {"level": rules.lesser_of}
    if rules.multiple_procedures:
        said["multiple_procedures"] = [_ranking(one) for one in rules.multiple_procedures]
    said["charge_limiter"] = written_limiters(rules.charge_limiter)
    said["escalator"] = written_escalators(rules.escalator, _index_file)
    if rules.modifiers:
        shares = {name: _percent(share) for name, share in rules.modifiers.items()}
        said["modifiers"] = said_modifiers(shares, rules.modifiers_by_code, _percent)
    said |= written_dues(rules, _selector, _index_file)
    said["paid_alone"] = written_paid_alone(rules.paid_alone, _selector)
    said["bilateral_lines"] = "as modifier 50" if rules.bilateral_lines else "none"
    said["bilateral_units"] = "as modifier 50" if rules.bilateral_units else "none"
    said["tiers"] = [_tier(tier) for tier in rules.tiers] or "none"
    return said | _some(indicators=rules.indicators)


def _ranking(ranking: MultipleProcedures) -> dict[str, Any]:
    return said_ranking(ranking) | {"for": _selector(ranking.covers)}


def _tier(tier: Tier) -> dict[str, Any]:
    said = {"name": tier.name, "for": _selector(tier.covers), "percent": _percent(tier.factor)}
    return said | _some(cite=tier.cite)


def _case(case: WorkedCase) -> dict[str, Any]:
    claim = {key: value for key, value in case.claim.items() if key != "date"}
    lines = [{key: _stated(key, value) for key, value in line.items()} for line in case.lines]
    return {
        **_some(name=case.name),
        "date": case.claim["date"],
        "claim": claim,
        "lines": [_some(**line) for line in lines],
        "allowed": case.allowed,
    }


def _stated(key: str, value: Any) -> Any:
    return None if key == "charge" and value == UNSTATED_CHARGE else value


def yaml_text(value: Any, indent: int = 0) -> str:
    """Keys and lists as YAML; every scalar in double quotes, so that nothing needs escaping twice."""
    pad = "  " * indent
    if isinstance(value, Mapping):
        return "".join(f"{pad}{_quoted(key)}:{_nested(item, indent + 1)}" for key, item in value.items())
    return "".join(f"{pad}-{_nested(item, indent + 1)}" for item in value)


def _nested(value: Any, indent: int) -> str:
    if isinstance(value, Mapping) or (isinstance(value, Iterable) and not isinstance(value, str)):
        held = list(value)
        empty = " {}\n" if isinstance(value, Mapping) else " []\n"
        return f"\n{yaml_text(value, indent)}" if held else empty
    return f" {_quoted(value)}\n"


def _quoted(value: Any) -> str:
    text = str(value)
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*|\d+(\.\d+)?|\d{4}-\d\d-\d\d", text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
