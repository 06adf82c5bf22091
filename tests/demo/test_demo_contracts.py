"""The demo's contracts read without a problem, and the plain reading of them agrees with the generator's prices."""

from __future__ import annotations

from decimal import Decimal

import pytest
from click.testing import CliRunner

from evenhand.cli.main import cli
from evenhand.contracts import Contract, read_contract, read_offer
from evenhand.demo import DemoFiles
from evenhand.demo.claims import Claim
from evenhand.demo.deals import deal_on
from evenhand.demo.fees import price
from evenhand.demo.offers import code_changes, offered_exhibit
from evenhand.demo.practice import OUTSIDE_CONTRACT, TIN
from evenhand.demo.rates import services, summit_exhibit
from evenhand.demo.weeks import Practice
from evenhand.pricing.oracle import OracleClaim, OracleLine, price_claim

_PRODUCTS = {"12": "PPO", "14": "EPO", "HM": "HMO", "CI": None}


@pytest.fixture(scope="module")
def contracts(small_demo: DemoFiles) -> dict[str, Contract]:
    return {folder.name: read_contract(folder) for folder in sorted(small_demo.contracts.iterdir())}


def _as_read(claim: Claim) -> OracleClaim:
    """The claim as pricing sees it."""
    lines = tuple(
        OracleLine(
            line_key=line.number,
            claim_line_number=line.number,
            revenue_center_code=line.revenue_code or None,
            hcpcs_code=line.code or None,
            modifiers=line.modifiers,
            units=Decimal(line.units),
            setting=claim.setting,
            service_date=claim.start,
            charge_amount=Decimal(line.charge) / 100,
        )
        for line in claim.lines
    )
    return OracleClaim(
        lines,
        claim_type="professional" if claim.kind == "P" else "institutional",
        payer=claim.patient.payer.name,
        product=_PRODUCTS[claim.patient.filing_code],
        billing_npi=claim.billing.npi,
        billing_tin=TIN,
        claim_start_date=claim.start,
        claim_end_date=claim.end,
        bill_type_code=claim.bill_type or None,
        drg_code=claim.drg or None,
        charge_amount=Decimal(claim.charge) / 100,
    )


def test_generator_and_plain_reading_price_alike(contracts: dict[str, Contract]) -> None:
    priced = 0
    for _, claims in Practice(5, 2_000).weeks():
        for claim in claims:
            payer = claim.patient.payer.key
            if (payer, claim.patient.filing_code) in OUTSIDE_CONTRACT:
                continue
            read = price_claim(list(contracts.values()), _as_read(claim))
            own = [Decimal(cents) / 100 for cents in price(claim, deal_on(payer, claim.start)).allowed]
            assert [line.expected_amount for line in read.lines] == own, (claim.claim_id, payer, claim.lines)
            priced += len(own)
    assert priced > 4_000


def test_contracts_are_in_order_and_their_worked_cases_price_exactly(small_demo: DemoFiles) -> None:
    for folder in sorted(small_demo.contracts.iterdir()):
        finished = CliRunner().invoke(cli, ["contract", "check", str(folder)])
        assert finished.exit_code == 0, finished.output
        assert "in order" in finished.output
        assert "0 worked case(s)" not in finished.output


def test_the_contract_of_summit_leaves_its_hmo_out(contracts: dict[str, Contract]) -> None:
    assert {version.products for version in contracts["summit-health"].versions} == {("PPO", "EPO")}


def test_lakeshore_has_a_new_schedule_from_july_2025(contracts: dict[str, Contract]) -> None:
    before, after = contracts["lakeshore-community-plan"].versions
    assert before.amendments == ()
    assert after.amendments == ("First amendment",)
    assert after.period.start.isoformat() == "2025-07-01"


def test_exhibit_a_names_about_250_codes() -> None:
    listed = [service for service in services().values() if service.listed]
    assert 240 <= len(listed) <= 260
    assert all(service.office > 0 for service in listed)


def test_the_offer_reads_and_its_plain_average_is_four_per_cent(small_demo: DemoFiles) -> None:
    offer = read_offer(small_demo.offers / "summit-2027.yaml")
    assert offer.versions[-1].rules.escalator == ()
    changes = code_changes()
    assert sum(changes.values()) == 400 * len(changes)
    now, then = summit_exhibit(), offered_exhibit()
    in_force = {key: Decimal(amount) * Decimal("1.0609") for key, amount in now.items()}
    average = sum((then[key] / in_force[key] - 1 for key in now), Decimal(0)) / len(now)
    assert abs(average - Decimal("0.04")) < Decimal("0.0002")
