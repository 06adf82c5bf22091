"""Messenger mode: nobody sees another's number, and the log proves who saw what."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from evenhand.errors import BookError, ContractError, SelectionError, UsageError
from evenhand.negotiation.rails.audit import entries, verify, write_entry
from evenhand.negotiation.rails.messenger import LOG, answer, answers_for_payer, enter, offer


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = tmp_path / "negotiation"
    made.mkdir()
    return made


def entered(place: Path, provider: str, price: str) -> Path:
    file = place.parent / f"{provider}.yaml"
    enter(place, provider, {"all": price}, file)
    return file


def test_each_is_told_about_itself_and_the_payer_only_of_acceptance(place: Path) -> None:
    cedar, alder = entered(place, "Cedar", "4.25 %"), entered(place, "Alder", "6.75 %")
    offer(place, "Summit", {"all": "5 %"})
    assert answer(place, "Cedar", cedar).accepts
    assert not answer(place, "Alder", alder).accepts
    entered(place, "Birch", "1.5 %")
    assert answers_for_payer(place, "Summit") == [
        {"provider": "Cedar", "offer": 3, "answer": "accepts"},
        {"provider": "Alder", "offer": 3, "answer": "does not accept"},
        {"provider": "Birch", "offer": 3, "answer": "has not answered"},
    ]


def test_no_number_of_a_provider_is_anywhere_in_the_negotiation(place: Path) -> None:
    cedar, alder = entered(place, "Cedar", "4.25 %"), entered(place, "Alder", "6.75 %")
    offer(place, "Summit", {"all": "5 %"})
    answer(place, "Cedar", cedar)
    answer(place, "Alder", alder)
    answers_for_payer(place, "Summit")
    text = "".join(file.read_text(encoding="utf-8") for file in place.rglob("*") if file.is_file())
    assert "4.25" not in text
    assert "6.75" not in text
    assert "5 %" in text  # the payer's own offer, which it makes to all


def test_equal_numbers_do_not_show_as_equal(place: Path) -> None:
    cedar, alder = entered(place, "Cedar", "4 %"), entered(place, "Alder", "4 %")
    offer(place, "Summit", {"all": "5 %"})
    answer(place, "Cedar", cedar)
    answer(place, "Alder", alder)
    log = entries(place / LOG)
    assert len({one.facts.get("commitment") for one in log[:2]}) == 2
    assert log[3].told != log[4].told


def test_own_files_are_for_their_owner_alone(place: Path) -> None:
    file = entered(place, "Cedar", "4 %")
    assert file.stat().st_mode & 0o077 == 0
    assert all(one.stat().st_mode & 0o077 == 0 for one in (place / LOG).iterdir())
    with pytest.raises(UsageError, match="lies in the negotiation, where others may read it"):
        enter(place, "Alder", {"all": "4 %"}, place / "mine.yaml")
    with pytest.raises(UsageError, match="is there already"):
        enter(place, "Cedar", {"all": "9 %"}, file)


def test_an_answer_comes_from_what_was_entered(place: Path) -> None:
    file = entered(place, "Cedar", "4 %")
    offer(place, "Summit", {"all": "5 %"})
    with pytest.raises(UsageError, match="is not Alder's; each provider answers from its own file"):
        answer(place, "Alder", file)
    file.write_text(file.read_text(encoding="utf-8").replace("4 %", "7 %"), encoding="utf-8")
    with pytest.raises(UsageError, match="is not what Cedar entered last"):
        answer(place, "Cedar", file)
    file.write_text("hello: there\n", encoding="utf-8")
    with pytest.raises(ContractError, match="this is no file of least prices"):
        answer(place, "Cedar", file)


def test_what_is_not_offered_or_in_another_unit_is_not_met(place: Path) -> None:
    file = place.parent / "c.yaml"
    enter(place, "Cedar", {"all": "4 %", "implants": "$100"}, file)
    offer(place, "Summit", {"all": "$5"})
    made = answer(place, "Cedar", file)
    assert made.met == {"all": False, "implants": False}
    with pytest.raises(UsageError, match="'much' is no number"):
        offer(place, "Summit", {"all": "much"})


def test_there_must_be_an_offer_to_answer(place: Path) -> None:
    file = entered(place, "Cedar", "4 %")
    with pytest.raises(SelectionError, match="the payer has offered nothing yet"):
        answer(place, "Cedar", file)


def test_a_changed_entry_breaks_the_chain(place: Path) -> None:
    entered(place, "Cedar", "4 %")
    offer(place, "Summit", {"all": "5 %"})
    entered(place, "Alder", "4 %")
    assert verify(place / LOG) == []
    file = place / LOG / "000002.json"
    said = json.loads(file.read_text(encoding="utf-8"))
    said["facts"]["prices"]["all"] = "9 %"
    file.write_text(json.dumps(said), encoding="utf-8")
    assert [one.file for one in verify(place / LOG)] == ["000002.json"]


def test_a_missing_entry_and_a_cut_end_are_found_out(place: Path) -> None:
    receipt = enter(place, "Cedar", {"all": "4 %"}, place.parent / "c.yaml")
    last = offer(place, "Summit", {"all": "5 %"}).hash
    assert verify(place / LOG, [receipt, last]) == []
    (place / LOG / "000002.json").unlink()
    assert [one.what for one in verify(place / LOG, [receipt, last])] == [f"no entry has the receipt {last}"]
    offer(place, "Summit", {"all": "6 %"})
    (place / LOG / "000001.json").unlink()
    assert verify(place / LOG)[0].what == "entry 1 is missing"


def test_what_is_no_entry_is_refused(place: Path) -> None:
    offer(place, "Summit", {"all": "5 %"})
    (place / LOG / "000001.json").write_text("{}", encoding="utf-8")
    with pytest.raises(BookError, match="is no entry of an audit log"):
        entries(place / LOG)


def test_many_writers_make_one_chain(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: write_entry(tmp_path, f"p{n}", "looked", told=n), range(24)))
    assert [one.number for one in entries(tmp_path)] == list(range(1, 25))
    assert verify(tmp_path) == []
