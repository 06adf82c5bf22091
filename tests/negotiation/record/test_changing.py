"""What happens in a negotiation: whole or not at all, and undone."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evenhand.book import Book
from evenhand.contracts import read_offer
from evenhand.errors import ContractError, SelectionError, UsageError
from evenhand.negotiation.record import (
    Approval,
    Belief,
    Kept,
    NewRound,
    Notice,
    Talk,
    add_round,
    add_talk,
    approve,
    begun_from,
    believe,
    check_kept,
    close_round,
    give_notice,
    keep_new,
    keep_promise,
    negotiation,
    position,
    promise,
    settle,
)
from evenhand.negotiation.record.model import Provider
from evenhand.negotiation.record.versions import versions

Write = Callable[..., Path]
MAY, JUNE = date(2026, 5, 4), date(2026, 6, 1)


def test_rounds_form_a_chain_of_counteroffers(book: Book, kept: Kept, write_offer: Write, tmp_path: Path) -> None:
    theirs = write_offer(tmp_path / "mail", tmp_path / "in/summit")
    first = add_round(kept, theirs, NewRound("them", MAY))
    ours = write_offer(tmp_path / "mail", Path("offer.yaml"), 2, "ours.yaml")
    second = add_round(kept, ours, NewRound("us", JUNE, "our counter"))
    theirs.unlink()
    ours.unlink()

    found = kept.read()
    assert [(one.number, one.by, one.answers, one.state) for one in found.rounds] == [
        (1, "them", None, "answered"),
        (2, "us", 1, "open"),
    ]
    offered = read_offer(kept.offer(found, 2))
    assert offered.folder == (book.contracts_folder / "summit").resolve()
    assert len(offered.amendments) == 2
    assert (first.offer, second.offer) == ("offers/01-them-offer/offer.yaml", "offers/02-us-ours/ours.yaml")
    assert check_kept(kept)[1] == []


def test_an_offer_of_another_contract_is_refused_and_nothing_is_left(
    kept: Kept, write_offer: Write, tmp_path: Path
) -> None:
    other = tmp_path / "in" / "other"
    other.mkdir()
    (other / "contract.yaml").write_text((tmp_path / "in/summit/contract.yaml").read_text(), encoding="utf-8")
    with pytest.raises(UsageError, match=r"amends other, and this negotiation is about summit"):
        add_round(kept, write_offer(tmp_path, other), NewRound("them", MAY))
    assert kept.read().rounds == ()
    assert not (kept.folder / "offers").exists()


def test_a_broken_offer_is_refused_with_its_line(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "o.yaml").write_text("offer: x\namends: in/summit\neffectiv: 2027-04-01\n", encoding="utf-8")
    with pytest.raises(ContractError, match=r"o\.yaml:3: 'effectiv' is not known in offer"):
        add_round(kept, tmp_path / "o.yaml", NewRound("them", MAY))


def test_a_counter_of_an_unrecorded_offer_asks_for_that_one_first(
    kept: Kept, write_offer: Write, tmp_path: Path
) -> None:
    write_offer(tmp_path, tmp_path / "in/summit")
    counter = write_offer(tmp_path, Path("offer.yaml"), 2, "counter.yaml")
    with pytest.raises(UsageError, match="is no round of this negotiation; record that one first"):
        add_round(kept, counter, NewRound("us", JUNE))


def test_competitors_do_not_ask_together(kept: Kept, write_offer: Write, tmp_path: Path) -> None:
    two = (Provider("Cedar Ridge", "84-0000000"), Provider("Alder Clinic", "84-1111111"))
    kept.change(lambda before: replace(before, providers=two))
    with pytest.raises(UsageError, match=r"G1: 2 owners ask together; .*messenger mode"):
        add_round(kept, write_offer(tmp_path, tmp_path / "in/summit"), NewRound("us", MAY))


def test_talks_keep_their_files_by_content(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all", encoding="utf-8")
    made = add_talk(kept, Talk(MAY, "letter", ("R. Alvarez",), "They ask for data."), [tmp_path / "letter.txt"])
    held = kept.folder / made.attachments[0].file
    assert held.read_text(encoding="utf-8") == "Dear all"
    held.write_text("Dear none", encoding="utf-8")
    assert [one.what for one in check_kept(kept)[1]] == [f"{made.attachments[0].file} is not the file that was kept"]


def test_promises_agreements_approvals_and_notices(kept: Kept) -> None:
    promise(kept, "Send rates", "Summit", made=MAY, due=JUNE)
    keep_promise(kept, 1, JUNE)
    position(kept, "payment-days", target="25 days", walk_away="30 days")
    settle(kept, "payment-days", "28 days")
    approve(kept, Approval("CFO", "targets"))
    approve(kept, Approval("CFO", "targets", JUNE))
    give_notice(kept, Notice("non-renewal", "us", JUNE))

    found = kept.read()
    assert found.commitments[0].done == JUNE
    assert (found.issue("payment-days").status, found.issue("payment-days").agreed) == ("agreed", "28 days")  # type: ignore[union-attr]
    assert found.approvals == (Approval("CFO", "targets", JUNE),)
    assert [(one.sent, one.due) for one in found.notices] == [(JUNE, date(2026, 12, 1))]


def test_names_that_are_not_there_are_answered_with_the_nearest(book: Book, kept: Kept) -> None:
    with pytest.raises(SelectionError, match="there is no issue 'paymentdays'; did you mean 'payment-days'"):
        settle(kept, "paymentdays", "3")
    with pytest.raises(SelectionError, match="there is no negotiation 'summit'; did you mean 'summit-2027'"):
        negotiation(book, "summit")
    with pytest.raises(SelectionError, match="there is no round 3; rounds: none"):
        close_round(kept, 3, "accepted")
    with pytest.raises(SelectionError, match="there is no promise 1; promises: none"):
        keep_promise(kept, 1, MAY)


def test_undo_goes_back_step_by_step_and_keeps_every_version(kept: Kept) -> None:
    start = kept.file.read_text(encoding="utf-8")
    for value in ("1", "2", "3"):
        settle(kept, "payment-days", value)
    kept.undo()
    assert kept.read().issue("payment-days").agreed == "2"  # type: ignore[union-attr]
    kept.undo()
    assert kept.read().issue("payment-days").agreed == "1"  # type: ignore[union-attr]
    settle(kept, "payment-days", "4")
    kept.undo()
    assert kept.read().issue("payment-days").agreed == "1"  # type: ignore[union-attr]
    kept.undo()
    assert kept.file.read_text(encoding="utf-8") == start
    with pytest.raises(SelectionError, match="nothing was undone"):
        kept.undo()
    assert len(versions(kept.file)) == 9


def test_what_a_person_wrote_by_hand_is_a_version_too(kept: Kept) -> None:
    kept.file.write_text(kept.file.read_text(encoding="utf-8") + "message: We want to stay.\n", encoding="utf-8")
    settle(kept, "payment-days", "20")
    kept.undo()
    assert kept.read().message == "We want to stay."
    assert kept.read().issue("payment-days").status == "open"  # type: ignore[union-attr]


def test_many_at_once_lose_nothing(kept: Kept) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: promise(kept, f"thing {n}", "us", made=MAY), range(24)))
    made = kept.read().commitments
    assert sorted(one.number for one in made) == list(range(1, 25))
    assert {one.what for one in made} == {f"thing {n}" for n in range(24)}


def test_a_change_that_was_cut_short_is_finished(kept: Kept) -> None:
    before = kept.file.read_text(encoding="utf-8")
    settle(kept, "payment-days", "20")
    kept.file.write_text(before, encoding="utf-8")  # the version was taken, the file not yet replaced
    assert kept.read().issue("payment-days").agreed == "20"  # type: ignore[union-attr]


def test_a_name_is_taken_once_and_must_do_for_a_folder(book: Book, kept: Kept) -> None:
    begun = begun_from(kept.contract(), kept.folder, today=MAY)
    with pytest.raises(UsageError, match="there is a negotiation 'summit-2027' already"):
        keep_new(book, "summit-2027", begun)
    with pytest.raises(UsageError, match=r"'\.\./x' cannot name a folder"):
        keep_new(book, "../x", begun)


def test_check_names_terms_the_contract_does_not_have(kept: Kept) -> None:
    text = kept.file.read_text(encoding="utf-8").replace("      - Office visits\n", "      - Ofice visits\n")
    kept.file.write_text(text, encoding="utf-8")
    (one,) = check_kept(kept)[1]
    assert (one.severity, one.what, one.right) == (
        "warning",
        "office-visits: the contract has no term 'Ofice visits'",
        "did you mean 'Office visits'?",
    )
    assert one.line is not None


def test_empty_words_are_refused(kept: Kept) -> None:
    with pytest.raises(UsageError, match="nothing was said and no file is attached"):
        add_talk(kept, Talk(MAY, "call"))
    with pytest.raises(UsageError, match="what was promised is empty"):
        promise(kept, " ", "us", made=MAY)
    with pytest.raises(UsageError, match="the value agreed is empty"):
        settle(kept, "payment-days", "")
    assert len(versions(kept.file)) == 1


def test_talks_over_several_lines_are_kept_as_said(kept: Kept) -> None:
    said = "They ask for:\n- three years\n- no escalator: 'none' # at all"
    add_talk(kept, Talk(MAY, "call", said=said))
    assert kept.read().talks[0].said == said


def test_beliefs_grow_and_keep_since_when(kept: Kept) -> None:
    believe(kept, "payment-days", Belief(opening="45 days", since=MAY, source="last cycle"))
    made = believe(kept, "payment-days", Belief(walk_away="25 days", sure="stated", since=JUNE))
    assert made == Belief("45 days", "", "25 days", "stated", JUNE, "last cycle")
    assert kept.read().issue("payment-days").theirs == made  # type: ignore[union-attr]
    with pytest.raises(UsageError, match="nothing is given to believe"):
        believe(kept, "payment-days", Belief())
