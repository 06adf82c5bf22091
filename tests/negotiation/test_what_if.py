"""What is tried is worth exactly what pricing every claim again would give, term by term."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

import pytest

from evenhand.book import Book
from evenhand.contracts import Contract, read_contract
from evenhand.demo import generate
from evenhand.errors import UsageError
from evenhand.negotiation.what_if import Moves, WhatIf, prepare_what_if, price_what_if, read_what_if

Level = Literal["line", "claim"] | None
ON = date(2027, 1, 1)
TRIED = (
    Moves(),
    Moves({"Fee schedule": Decimal("6"), "Implants": Decimal("-3.25")}),
    Moves({"Fee schedule": Decimal("-12.5")}, Decimal("2")),
    Moves({"Joint replacement, day case": Decimal("40")}, Decimal("55")),
    Moves({"Anything else": Decimal("11")}, lesser_of=False),
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A small practice's claims."""
    folder = tmp_path_factory.mktemp("what-if")
    made = generate(folder / "demo", claims=900, seed=5)
    held = Book.create(folder / "book")
    held.load([made.files])
    return held


@pytest.fixture(scope="module")
def signed(book: Book) -> Contract:
    """Its contract with Summit Health."""
    return read_contract(book.path.parent / "demo" / "contracts" / "summit-health")


def limited(contract: Contract, level: Level) -> Contract:
    """The contract with another lesser-of."""
    versions = (replace(each, rules=replace(each.rules, lesser_of=level)) for each in contract.versions)
    return replace(contract, versions=tuple(versions), digest=f"{contract.digest}{level}")


@pytest.fixture(scope="module")
def ready(book: Book, signed: Contract) -> Callable[[Level], WhatIf]:
    """The same claims prepared under each kind of lesser-of, written and read back."""
    made: dict[Level, WhatIf] = {}

    def prepared(level: Level) -> WhatIf:
        if level not in made:
            contract = limited(signed, level)
            made[level] = read_what_if(prepare_what_if(book, contract, ON), contract)
        return made[level]

    return prepared


@pytest.mark.parametrize("level", ["line", "claim", None])
@pytest.mark.parametrize("tried", TRIED, ids=lambda one: f"{dict(one.percents)} {one.everything} {one.lesser_of}")
def test_it_is_what_full_repricing_gives(
    book: Book, signed: Contract, ready: Callable[[Level], WhatIf], level: Level, tried: Moves
) -> None:
    asked = ready(level).ask(tried)

    assert asked is not None
    assert asked.exact
    exactly = price_what_if(book, limited(signed, level), ON, tried)
    assert {one.term: one.then for one in asked.terms if one.then} == exactly
    assert asked.then == sum(exactly.values())


def test_nothing_tried_changes_nothing_in_any_year(ready: Callable[[Level], WhatIf]) -> None:
    asked = ready("line").ask(Moves())

    assert asked is not None
    assert [was == then for was, then in asked.years] == [True, True, True]
    assert asked.years[1][0] > asked.years[0][0], "the contract escalates by itself"


def test_an_escalator_shows_from_the_second_year_on(ready: Callable[[Level], WhatIf]) -> None:
    asked = ready("line").ask(Moves(escalator=Decimal(0)))

    assert asked is not None
    assert asked.change == 0
    assert asked.years[1][1] == asked.years[0][1]
    assert asked.years[2][1] < asked.years[2][0]


def test_a_change_nobody_proposes_is_refused(ready: Callable[[Level], WhatIf]) -> None:
    with pytest.raises(UsageError, match="no change of a rate"):
        ready("line").ask(Moves({"Implants": Decimal(-100)}))


def test_another_contract_is_not_answered_for(book: Book, signed: Contract) -> None:
    folder = prepare_what_if(book, signed, ON)

    with pytest.raises(ValueError, match="another state"):
        read_what_if(folder, limited(signed, "claim"))


def test_claims_that_must_be_priced_again_are_counted_as_they_stand_and_said(book: Book, signed: Contract) -> None:
    (version,) = signed.versions
    table = version.schedules["exhibit-a.csv"]
    finer = replace(table, rates=tuple(replace(rate, amount=rate.amount + Decimal("0.001")) for rate in table.rates))
    odd = replace(version, schedules={**version.schedules, table.name: finer})
    contract = replace(signed, versions=(odd,), digest=f"{signed.digest} finer")
    what_if = read_what_if(prepare_what_if(book, contract, ON), contract)
    tried = Moves({"Fee schedule": Decimal(6)})

    asked = what_if.ask(tried)

    assert asked is not None
    assert not asked.exact
    assert asked.counted_as_today > 0
    assert asked.then < sum(price_what_if(book, contract, ON, tried).values()), "pricing exactly tells the difference"
    untouched = what_if.ask(Moves())
    assert untouched is not None
    assert untouched.exact
