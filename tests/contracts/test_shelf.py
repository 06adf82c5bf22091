"""Contracts kept in a book's folder: whole, by id, with what was there before."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from evenhand.contracts import Contract, keep_contract, kept_contracts, read_contract, read_offer
from evenhand.errors import ContractError, UsageError

Folder = Callable[..., Path]


def _files(place: Path) -> list[str]:
    return sorted(str(file.relative_to(place)) for file in place.rglob("*") if file.is_file())


def test_a_contract_is_kept_whole_under_its_id(folder: Folder, base: str, tmp_path: Path) -> None:
    place = folder(base.replace("contract: Test", "contract: Test\nid: kept-so"), {"amendments/.draft.yaml": "x"})
    contract = read_contract(place)

    kept, how = keep_contract(contract, tmp_path / "book/contracts")

    assert (kept, how) == (tmp_path / "book/contracts/kept-so", "added")
    assert _files(tmp_path / "book") == ["contracts/kept-so/contract.yaml", "contracts/kept-so/rates.csv"]
    assert read_contract(kept).digest == contract.digest


def test_keeping_the_same_again_changes_nothing(folder: Folder, tmp_path: Path) -> None:
    contract = read_contract(folder())
    keep_contract(contract, tmp_path / "shelf")

    assert keep_contract(contract, tmp_path / "shelf")[1] == "unchanged"
    assert not (tmp_path / "shelf/.history").exists()


def test_what_is_replaced_is_kept_in_history(folder: Folder, base: str, tmp_path: Path) -> None:
    keep_contract(read_contract(folder()), tmp_path / "shelf")

    _, how = keep_contract(read_contract(folder(base.replace("20000", "21000"))), tmp_path / "shelf")

    (before,) = (tmp_path / "shelf/.history/test").iterdir()
    assert how == "replaced"
    assert "20000" in (before / "contract.yaml").read_text()
    assert [name for name, _ in kept_contracts(tmp_path / "shelf")] == ["test"]


def test_offers_are_not_kept(folder: Folder, tmp_path: Path) -> None:
    place = folder(files={"offers/o.yaml": "offer: O\neffective: 2026-01-01\n"})

    with pytest.raises(UsageError, match=r"^only a signed contract read from a folder can be kept"):
        keep_contract(read_offer(place / "offers/o.yaml"), tmp_path / "shelf")


def test_a_contract_is_not_copied_onto_itself(folder: Folder, tmp_path: Path) -> None:
    contract = read_contract(folder())

    with pytest.raises(UsageError, match=r"is already the contract kept; add one from another folder$"):
        keep_contract(contract, tmp_path)


def test_a_shelf_lists_what_is_refused_too(folder: Folder, base: str, tmp_path: Path) -> None:
    folder(name="good")
    folder(base.replace("terms:", "term:"), name="bad")

    listed = dict(kept_contracts(tmp_path))

    assert isinstance(listed["good"], Contract)
    assert isinstance(listed["bad"], ContractError)
    assert list(kept_contracts(tmp_path / "nowhere")) == []


def _keep(place: Path, shelf: Path) -> str:
    return keep_contract(read_contract(place), shelf)[1]


def test_processes_that_keep_at_once_leave_one_whole_contract(folder: Folder, base: str, tmp_path: Path) -> None:
    places = [folder(base.replace("20000", str(amount)), name=f"{amount}/test") for amount in range(20000, 20012)]

    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as processes:
        done = list(processes.map(_keep, places, [tmp_path / "shelf"] * len(places)))

    kept = dict(kept_contracts(tmp_path / "shelf"))
    history = list((tmp_path / "shelf/.history/test").iterdir())
    assert done.count("added") >= 1
    assert len(history) == len(places) - 1
    assert isinstance(kept["test"], Contract)
    assert all(isinstance(read_contract(one), Contract) for one in history)


def test_papers_stay_with_a_contract_and_are_not_read(folder: Folder, base: str, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    first = read_contract(folder(files={"documents/signed.pdf": "%PDF-"}))
    kept, _ = keep_contract(first, shelf)
    assert keep_contract(first, shelf)[1] == "unchanged"
    assert read_contract(folder(name="bare")).digest == first.digest
    shutil.rmtree(tmp_path / "test")

    keep_contract(read_contract(folder(base.replace("20000", "21000"))), shelf)

    assert (kept / "documents/signed.pdf").read_text() == "%PDF-"
    assert "21000" in (kept / "contract.yaml").read_text()
