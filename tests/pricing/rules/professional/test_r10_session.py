"""R10: of several codes in one session the one with the most base units is paid, for the time of all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

import pytest

from evenhand.contracts import Contract, Parties, Rules, Selector, Term
from evenhand.contracts.words import term_words
from evenhand.periods import ALWAYS
from evenhand.pricing import explain_line
from evenhand.pricing.oracle import OracleClaim, price_claim

Made = Callable[..., Contract]
BASE = "code,base units\n00790,7\n00840,6\n00400,3\n01952,5\n01953,1\n01967,5\n01968,2\n"
PAY = "anesthesia: base.csv, conversion_factor: 72.50, unit_minutes: 15, time_units: tenth"
RULES = "rules: {modifiers: {AA: 100, QZ: 100, QK: 50, QX: 50}}\n"
TEXT = f"""\
terms:
  - name: Burns beyond the first
    for: {{codes: 01953}}
    pay: {{anesthesia: base.csv, conversion_factor: 72.50, time_units: none}}
  - name: Section after labour
    for: {{codes: 01968}}
    pay: {{{PAY}, physical_status: none, billed_units: minutes, session: each code}}
  - name: Anaesthesia
    for: {{codes: on schedule}}
    pay: {{{PAY}, physical_status: {{P3: 1}}, billed_units: time units, session: highest base}}
{RULES}"""


@pytest.fixture
def contract(contract_of: Made) -> Contract:
    return contract_of(TEXT, base=BASE)


def line(code: str, minutes: int | None, *modifiers: str, **more: Any) -> dict[str, Any]:
    said = {"code": code, "modifiers": modifiers, **more}
    return said if minutes is None else said | {"minutes": Decimal(minutes)}


def test_the_highest_base_with_the_time_of_all(contract: Contract, prices: Any) -> None:
    """60 + 37 = 97 minutes are 6.47 units, held to 6.5; (7 + 6.5) × 72.50 = 978.75."""
    priced = prices(contract, line("00840", 37, "AA"), line("00790", 60, "AA"))
    assert priced.amounts == ["0.00", "978.75"]
    assert [one.outcome for one in priced.lines] == ["included", "priced"]


def test_all_the_time_on_the_line_of_the_highest_base(contract: Contract, prices: Any) -> None:
    """As payers ask for it: (7 + 6.5) × 72.50, and the other line without time."""
    assert prices(contract, line("00790", 97, "AA"), line("00840", 0, "AA")).amounts == ["978.75", "0.00"]


def test_of_the_same_base_the_first_line(contract: Contract, prices: Any) -> None:
    """(5 + 4) × 72.50 = 652.50."""
    priced = prices(contract, line("01967", 30), line("01952", 30))
    assert priced.amounts == ["652.50", "0.00"]


def test_one_code_twice_is_one_base(contract: Contract, prices: Any) -> None:
    """(6 + 8) × 72.50 = 1,015.00."""
    assert prices(contract, line("00840", 90), line("00840", 30)).amounts == ["1015.00", "0.00"]


def test_physical_status_is_that_of_the_line_paid(contract: Contract, prices: Any) -> None:
    """(7 + 1 + 6) × 72.50 = 1,015.00."""
    assert prices(contract, line("00790", 60, "P3"), line("00840", 30, "P3")).amounts == ["1015.00", "0.00"]


def test_codes_added_on_add_their_base_units(contract: Contract, prices: Any) -> None:
    """(5 + 4) × 72.50 = 652.50 and 1 × 72.50; in labour (5 + 8) × 72.50 = 942.50 and (2 + 3) × 72.50 = 362.50."""
    assert prices(contract, line("01952", 60), line("01953", None)).amounts == ["652.50", "72.50"]
    assert prices(contract, line("01967", 120), line("01968", 45)).amounts == ["942.50", "362.50"]


def test_physician_and_nurse_have_a_session_each(contract: Contract, prices: Any) -> None:
    """(7 + 6) × 72.50 = 942.50, of which half is 471.25 each."""
    modified = [line(code, 45, modifier) for modifier in ("QK", "QX") for code in ("00840", "00790")]
    assert prices(contract, *modified).amounts == ["0.00", "471.25", "0.00", "471.25"]


def test_another_anaesthetist_or_day_is_another_session(contract: Contract, prices: Any) -> None:
    """(7 + 4) × 72.50 = 797.50; (6 + 4) × 72.50 = 725.00."""
    one, other = line("00790", 60), line("00840", 60)
    npis = ({"rendering_npi": "1111111111"}, {"rendering_npi": "2222222222"})
    assert prices(contract, one | npis[0], other | npis[1]).amounts == ["797.50", "725.00"]
    days = ({"date": "2025-03-01"}, {"date": "2025-03-02"})
    assert prices(contract, one | days[0], other | days[1]).amounts == ["797.50", "725.00"]


def test_minutes_and_units_of_time_are_added(contract: Contract, prices: Any) -> None:
    """(7 + 4 + 2.5) × 72.50."""
    assert prices(contract, line("00790", 60), line("00840", None, units=Decimal("2.5"))).amounts == ["978.75", "0.00"]


def test_time_is_rounded_once(contract_of: Made, prices: Any) -> None:
    """7 + 7 minutes are a unit, rounded up, and not two: (7 + 1) × 72.50."""
    contract = contract_of(TEXT.replace("tenth", "up"), base=BASE)
    assert prices(contract, line("00790", 7), line("00840", 7)).amounts == ["580.00", "0.00"]


def test_without_the_time_of_one_line_there_is_no_price(contract_of: Made, prices: Any) -> None:
    contract = contract_of(TEXT.replace("billed_units: time units, ", ""), base=BASE)
    priced = prices(contract, line("00790", 60), line("00840", None))
    assert [one.outcome for one in priced.lines] == ["no time", "included"]
    assert priced.claim.outcome == "partly priced"
    assert prices(contract, line("00790", 2000), line("00840", 881)).amounts == ["-", "0.00"]


def test_each_line_is_held_to_its_own_charge(contract_of: Made, prices: Any) -> None:
    contract = contract_of(TEXT.replace("rules: {", "rules: {lesser_of: line, "), base=BASE)
    lines = [line("00790", 60, charge="700.00"), line("00840", 37, charge="400.00")]
    assert prices(contract, *lines).amounts == ["700.00", "0.00"]


def test_each_code_is_paid_where_the_contract_says_so(contract_of: Made, prices: Any) -> None:
    """(7 + 4) × 72.50 and (6 + 2.5) × 72.50."""
    contract = contract_of(TEXT.replace("highest base", "each code"), base=BASE)
    assert prices(contract, line("00790", 60), line("00840", 37)).amounts == ["797.50", "616.25"]


def test_the_price_says_so(contract: Contract, prices: Any) -> None:
    paid, with_it = (explain_line(asdict(one)) for one in prices(contract, line("00790", 60), line("00840", 37)).lines)
    assert paid.arithmetic == "$978.75 ($72.50 × 13.5 units, 6.5 of them time)"
    assert with_it.arithmetic == "paid with the code of the most base units of its session"
    assert term_words(contract.versions[0].terms[2]).endswith(
        "units billed are units of time; of several codes in a session only the highest base"
    )


def test_engine_and_plain_reading_agree(world: Any, disagreements: Callable[..., list[str]]) -> None:
    """Contracts that pay nearly everything by units of anaesthesia, beside a price for cases."""
    paid_with = 0
    for seed in range(8):
        drawn = world(seed)
        contract = _drawn_contract(drawn)
        claims = [_directed(drawn, claim) for claim in drawn.claims(120)]
        assert disagreements([contract], claims) == []
        lines = [line for claim in claims for line in price_claim(contract, claim).lines]
        paid_with += sum(line.reduction == "session" for line in lines)
    assert paid_with >= 20, "sessions of several codes"


def _directed(drawn: Any, claim: OracleClaim) -> OracleClaim:
    """The claim, some of its lines a nurse's."""
    lines = tuple(replace(line, modifiers=(*line.modifiers[:3], drawn.pick("qx", "AA", "59"))) for line in claim.lines)
    return replace(claim, payer="Summit Health", lines=lines)


def _drawn_contract(drawn: Any) -> Contract:
    version = drawn.version(ALWAYS)
    case = next(term for term in iter(lambda: drawn.term("Case", ["One"]), None) if term.per == "case")
    some = Selector(drawn.selector().conditions[:1])
    by_units = [
        Term(name, replace(drawn.anesthesia(), session="highest base", billed_units="minutes"), covers)
        for name, covers in (("One", some), ("All", Selector()))
    ]
    rules = Rules(modifiers=version.rules.modifiers, tiers=version.rules.tiers, paid_alone=version.rules.paid_alone)
    version = replace(version, terms=(case, *by_units), rules=rules, products=())
    return Contract("c", "C", Parties("Cedar Ridge", "Summit Health"), ALWAYS, (version,))
