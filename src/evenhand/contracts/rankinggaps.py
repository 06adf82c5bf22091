"""What rankings of procedures go by and no table says. Warnings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evenhand.contracts.methods import PaidBySchedule, PercentOf
from evenhand.contracts.model import Contract, FeeSchedule, MultipleProcedures, Version
from evenhand.errors import Problem


def ranking_gaps(contract: Contract, file: str) -> Iterator[Problem]:
    """Codes a ranking would reduce by a rate that is not there, and sides by a share that is not."""
    for version in contract.versions:
        yield from _side_gaps(version, file)
        for ranking in version.rules.multiple_procedures:
            if ranking.families:
                yield from _family_gaps(version, ranking, file)
            for schedule in _paid_by(version) if ranking.parts else ():
                yield from _part_gaps(version, ranking, schedule)


def _side_gaps(version: Version, file: str) -> Iterator[Problem]:
    """Both sides told without modifier 50, where what that pays, or what can be done on both, is not said."""
    rules = version.rules
    told = {"bilateral_lines": rules.bilateral_lines, "bilateral_units": rules.bilateral_units}
    for name in (name for name, said in told.items() if said and "50" not in rules.modifiers):
        what = f"{name} go by what modifier 50 pays, and the rules do not say what that is"
        right = "add 'modifiers: {\"50\": 150%}' under rules; until then each line is paid by itself"
        yield _warning(file, what, right)
    tables = [_table(version, schedule) for schedule in _paid_by(version)]
    if rules.bilateral_units and not any("bilateral" in one.values for table in tables for one in table.indicators):
        what = "bilateral_units go by the bilateral indicator of a code, and no table has one"
        right = "give a rate table a column 'bilat surg', or name a table that has it under 'indicators:'"
        yield _warning(file, what, right)


def silent_status(contract: Contract, file: str, line: int | None) -> Iterator[Problem]:
    """Tables with codes Medicare pays only by themselves, where no rule says how they are paid."""
    for version in contract.versions if all(one.rules.paid_alone is None for one in contract.versions) else ():
        for schedule in _paid_by(version):
            rated = {rate.code for rate in schedule.rates}
            codes = sorted(one.code for one in schedule.indicators if one.values.get("status") == "T")
            if rated.intersection(codes):
                what = f"rules do not say whether codes of status T ({schedule.name}) are paid beside other services"
                yield Problem(
                    file, line, what, "add 'paid_alone: {status: T}' under rules, or 'paid_alone: none'", "warning"
                )


def _family_gaps(version: Version, ranking: MultipleProcedures, file: str) -> Iterator[Problem]:
    """Families whose base has no rate where theirs is: nothing would be taken from them."""
    found = False
    for schedule in _paid_by(version):
        rated = {rate.code.upper() for rate in schedule.rates}
        bases = {code: base for code, base in _bases(version, ranking, schedule).items() if code in rated}
        found = found or bool(bases)
        for base in sorted(set(bases.values()) - rated):
            members = sorted(code for code in bases if bases[code] == base)
            what = f"{schedule.name} has no rate for {base}, the base of {_several(members)}"
            right = "give its rate; until then nothing is taken from its family"
            yield _warning(schedule.source or schedule.file or file, what, right)
    if not found:
        what = "rules pay endoscopies in families, but no code with a rate belongs to one"
        yield _warning(file, what, "give the table a column 'endo base', or name the families")


def _part_gaps(version: Version, ranking: MultipleProcedures, schedule: FeeSchedule) -> Iterator[Problem]:
    """Codes whose parts no rate tells, or that have no reduced amount."""
    values = {one.code: one.values for one in _table(version, schedule).indicators}
    apart = {rate.code for rate in schedule.rates if rate.modifier.upper() in ("26", "TC")}
    apart |= {code for code, told in values.items() if told.get("pctc") in ("2", "3")}
    reduced = {code for code, told in values.items() if any(name.startswith("reduced") for name in told)}
    whole = {rate.code for rate in schedule.rates if not rate.modifier}
    ranked = {code for code in whole if _is_ranked(ranking, code, values.get(code, {}))}
    asked = {
        "neither 26 nor TC rows": ranked - apart if ranking.parts.keys() & {"technical", "professional"} else set(),
        "no reduced amount": ranked - reduced if "practice expense" in ranking.parts else set(),
    }
    for lacking, codes in asked.items():
        if codes:
            what = f"{schedule.name} has {lacking} for {_several(sorted(codes))}, which '{ranking.name}' goes by"
            right = "give them; until then nothing is taken from such lines"
            yield _warning(schedule.source or schedule.file, what, right)


def _is_ranked(ranking: MultipleProcedures, code: str, values: Mapping[str, str]) -> bool:
    """Whether a ranking is for a code, as far as codes and indicators tell."""
    named = [condition for condition in ranking.covers.conditions if condition.attribute == "codes"]
    inside = all(any(code in each for each in condition.ranges) is not condition.negated for condition in named)
    return inside and (not ranking.indicators or values.get("multiple", "") in ranking.indicators)


def _table(version: Version, schedule: FeeSchedule) -> FeeSchedule:
    """Where the indicators of a schedule's codes stand."""
    return schedule if version.rules.indicators is None else version.schedules[version.rules.indicators]


def _paid_by(version: Version) -> Iterator[FeeSchedule]:
    """The schedules line terms pay by."""
    names = (
        term.pay.schedule
        for term in version.terms
        if isinstance(term.pay, PaidBySchedule | PercentOf) and not term.claim_level
    )
    return (version.schedules[name] for name in dict.fromkeys(names))


def _bases(version: Version, ranking: MultipleProcedures, schedule: FeeSchedule) -> Mapping[str, str]:
    """Code → base of its family, for the codes that go beyond one."""
    if ranking.families == "endo_base":
        stated = ((one.code, one.values.get("endo_base", "")) for one in _table(version, schedule).indicators)
        return {code: base for code, base in stated if base not in ("", code)}
    codes = {rate.code.upper() for rate in schedule.rates}
    return {
        code: family.base
        for family in ranking.families
        for code in codes
        if code != family.base and any(code in each for each in family.codes)
    }


def _several(codes: list[str]) -> str:
    return codes[0] if len(codes) == 1 else f"{codes[0]} and {len(codes) - 1} more"


def _warning(file: str, what: str, right: str) -> Problem:
    return Problem(file, None, what, right, "warning")
