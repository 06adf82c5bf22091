"""Rule A5: a rental network or repricer may pay a claim of any payer; the network used is what chooses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evenhand.contracts import read_contract
from evenhand.contracts.methods import Amount
from evenhand.contracts.model import Contract, Parties, Rules, Scope, Term, Version
from evenhand.errors import ContractError
from evenhand.periods import Period
from evenhand.pricing.oracle import OracleClaim

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))


def contract(name: str, amount: int, networks: tuple[str, ...] = (), **said: Any) -> Contract:
    """One that pays every line so many dollars."""
    term = Term("Everything", Amount(Decimal(amount)), per="line")
    version = Version(YEAR, (term,), Rules(), {}, (), scope=Scope(networks=networks))
    payer = said.pop("payer", "Summit Health")
    return Contract(name.lower(), name, Parties("Cedar Ridge", payer), YEAR, (version,), **said)


def claim(**said: Any) -> OracleClaim:
    row = {"claim_key": 1, "payer": "Summit Health", "claim_start_date": date(2025, 5, 1)} | said
    return OracleClaim.of(row, [{"line_key": 1, "hcpcs_code": "99213", "charge_amount": Decimal(500)}])


Asked = Callable[[list[Contract], OracleClaim], tuple[Any, ...]]


def rental(**said: Any) -> Contract:
    return contract("Rental", 80, ("Wide Net", "WN-1"), payer="Wide Net", rental=True, **said)


def test_the_network_chooses_whoever_pays(chosen: Asked) -> None:
    assert chosen([rental()], claim(payer="Acme Trust", network="WIDENET")) == ("priced", 80, None)
    assert chosen([rental()], claim(payer="Acme Trust", network="wn-1"))[1] == 80


def test_another_payers_claim_without_a_network_is_none_of_its_business(chosen: Asked) -> None:
    assert chosen([rental()], claim(payer="Acme Trust")) == ("no contract", None, "no contract names this payer")


def test_a_network_that_does_not_rent_itself_leaves_other_payers_alone(chosen: Asked) -> None:
    direct = contract("Direct", 100, ("Choice",))
    assert chosen([direct], claim(payer="Acme Trust", network="Choice"))[0] == "no contract"
    assert chosen([direct], claim(network="Choice"))[1] == 100
    assert chosen([direct], claim(network="Other")) == (
        "no contract",
        None,
        "Direct: does not cover the network Other",
    )


def test_one_card_two_methods(chosen: Asked) -> None:
    """The payer's own contract, and the network the same payer rents for other claims."""
    direct = contract("Direct", 100, ("none",))
    both = [direct, rental()]
    assert chosen(both, claim(network="Wide Net")) == ("priced", 80, "Direct: does not cover the network Wide Net")
    assert chosen(both, claim()) == ("priced", 100, None)


def test_both_fit_unless_precedence_says_which(chosen: Asked) -> None:
    both = [contract("Direct", 100), rental()]
    assert chosen(both, claim(network="Wide Net"))[0] == "ambiguous contract"
    ranked = [contract("Direct", 100, precedence=2), rental(precedence=1)]
    assert chosen(ranked, claim(network="Wide Net")) == ("priced", 80, "Direct: fits as well, later in precedence")


def test_an_unknown_network_is_not_guessed(chosen: Asked) -> None:
    narrow = contract("Narrow", 80, ("Choice",), precedence=1)
    assert chosen([narrow], claim()) == ("undecided contract", None, "Narrow: might fit (the claim names no network)")
    both = [narrow, contract("Broad", 100, precedence=2)]
    assert chosen(both, claim()) == (
        "ambiguous contract",
        None,
        "Narrow: might fit (the claim names no network); Broad: fits as well",
    )
    assert chosen(both, claim(network="Choice"))[1] == 80
    assert chosen(both, claim(network="Other"))[1] == 100


def test_a_contract_that_takes_claims_without_a_network_goes_first(chosen: Asked) -> None:
    """A direct contract for claims that name no network, ahead of one whose networks such claims leave open."""
    narrow = contract("Narrow", 80, ("Choice",), precedence=2)
    direct = contract("Direct", 100, ("none",), precedence=1)
    assert chosen([narrow, direct], claim()) == (
        "priced",
        100,
        "Narrow: might fit (the claim names no network), later in precedence",
    )


TEXT = """
contract: Cedar Ridge with Wide Net
parties: {provider: Cedar Ridge, payer: Wide Net}
networks: [Wide Net, WN-1]
plans: [Gold]
sites: ["22"]
rental: yes
chosen_by: discharge
precedence: 3
effective: 2025-01-01
terms:
  - {name: Everything, per: line, pay: {amount: 80.00}}
cases:
  - {code: 99213, allowed: 80.00}
"""


def test_it_is_written_as_it_is_meant(tmp_path: Path) -> None:
    (tmp_path / "contract.yaml").write_text(TEXT, encoding="utf-8")
    read = read_contract(tmp_path)
    assert read.versions[0].scope == Scope(("Wide Net", "WN-1"), ("Gold",), ("22",))
    assert (read.rental, read.chosen_by, read.precedence) == (True, "discharge", 3)


def test_an_amendment_may_list_others(tmp_path: Path) -> None:
    (tmp_path / "contract.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "amendments").mkdir()
    amendment = "amendment: First\nsigned: 2025-03-01\neffective: 2025-06-01\nnetworks: [Wider Net]\n"
    (tmp_path / "amendments" / "1.yaml").write_text(amendment, encoding="utf-8")
    assert read_contract(tmp_path).versions[1].scope == Scope(("Wider Net",), ("Gold",), ("22",))


def test_a_rental_contract_must_name_its_networks(tmp_path: Path) -> None:
    text = TEXT.replace("networks: [Wide Net, WN-1]\n", "")
    (tmp_path / "contract.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ContractError, match=r"rental: the contract lists no networks; add 'networks: \[NAME\]'"):
        read_contract(tmp_path)
