"""What a negotiation states: added, replaced by name, taken out; and what rounds came to, kept with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from evenhand.book import Book
from evenhand.errors import SelectionError, UsageError
from evenhand.negotiation.record import (
    Kept,
    NewRound,
    Person,
    Proof,
    Valuation,
    add_goal,
    add_person,
    add_proof,
    add_round,
    give_message,
    keep_worths,
    remove_goal,
    remove_person,
    remove_proof,
)


def test_the_same_claim_or_name_gives_way_and_the_rest_stays(kept: Kept) -> None:
    add_proof(kept, Proof("Day cases", "30 %"))
    add_proof(kept, Proof("Few denials", "3 %"))
    found = add_proof(kept, Proof("Day cases", "36 %", "2026", "own claims"))
    assert [(one.claim, one.number) for one in found.value] == [("Day cases", "36 %"), ("Few denials", "3 %")]
    add_person(kept, Person("R. Alvarez", "them"))
    assert add_person(kept, Person("R. Alvarez", "them", "network lead")).people[0].role == "network lead"
    add_goal(kept, "Keep up with cost")
    assert add_goal(kept, " Keep up with cost ").goals == ("Keep up with cost",)
    assert give_message(kept, "We stay.").message == "We stay."


def test_what_is_taken_out_is_gone_and_nothing_else(kept: Kept) -> None:
    add_goal(kept, "One")
    add_goal(kept, "Two")
    assert remove_goal(kept, "One").goals == ("Two",)
    add_proof(kept, Proof("Day cases"))
    assert remove_proof(kept, "Day cases").value == ()
    add_person(kept, Person("R. Alvarez"))
    assert remove_person(kept, "R. Alvarez").people == ()


def test_what_is_not_there_or_says_nothing_is_refused(kept: Kept) -> None:
    add_person(kept, Person("R. Alvarez"))
    with pytest.raises(SelectionError, match=r"there is no person 'R\. Alvares'; did you mean 'R\. Alvarez'"):
        remove_person(kept, "R. Alvares")
    with pytest.raises(SelectionError, match="there is no goal 'Two'; none is stated"):
        remove_goal(kept, "Two")
    with pytest.raises(UsageError, match="the claim is empty; write it in a few words"):
        add_proof(kept, Proof(" "))


def test_what_a_round_came_to_is_read_back_as_kept(
    kept: Kept, book: Book, tmp_path: Path, write_offer: Callable[..., Path]
) -> None:
    offer = write_offer(tmp_path / "in", book.contracts_folder / "summit")
    made = add_round(kept, offer, NewRound("them", date(2026, 5, 20)))
    worth = Valuation(Decimal("-45000.10"), Decimal("-52000.00"), Decimal("-38000.55"), Decimal("-36000.00"), 3)
    assert keep_worths(kept, {made.number: worth}).rounds[0].worth == worth
    assert "change: -45000.10" in kept.file.read_text(encoding="utf-8")
