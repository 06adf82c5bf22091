"""The ledger of forecasts: kept once, whole, undoable; broken entries told; scored when the claims are in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evenhand.book import Book
from evenhand.contracts import Amended, Contract
from evenhand.errors import BookError, SelectionError
from evenhand.negotiation.forecasts import Level, forecasts, keep, remove, restore, score_forecasts
from evenhand.negotiation.forecasts.scoring import _scored, in_force, placed, report_of
from evenhand.negotiation.worth import Worth, WorthQuestion, worth

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book.create(tmp_path / "book")


@pytest.fixture
def current(fees: Any, contract: Any) -> Contract:
    made: Contract = contract(fees(c99213="100.00"))
    return made


@pytest.fixture
def found(settled: Any, fees: Any, contract: Any, plain: Any, current: Contract) -> Callable[..., Worth]:
    """The worth of an offer of $110 on forty claims of 2025 at $100."""

    def made(**more: Any) -> Worth:
        engine = settled([{"code": "99213"} for _ in range(40)])
        question = WorthQuestion(years=2, draws=200, given={**plain, "volume_shock": 0.05}, **more)
        return worth(engine, current, [contract(fees(c99213="110.00"), offer="Round 1")], question)

    return made


def test_a_forecast_is_kept_once_and_read_again(book: Book, found: Any) -> None:
    entry, new = keep(book, found(), at=AT)
    again, twice = keep(book, found())

    assert (new, twice, again.id) == (True, False, entry.id)
    (file,) = (book.path / "forecasts").iterdir()
    assert file.name == f"2026-03-01T1200-{entry.id}.json"
    (read,), problems = forecasts(book)
    assert (read, problems) == (entry, [])
    assert (read.payer, read.offers, read.kept_at) == ("Summit Health", ("Round 1",), AT)
    assert {(one.side, one.year, one.measure) for one in read.levels} == {
        (side, year, measure) for side in ("contract", "Round 1") for year in (1, 2) for measure in ("priced", "paid")
    }


def test_a_broken_entry_is_kept_anew(book: Book, found: Any) -> None:
    entry, _ = keep(book, found(), at=AT)
    (file,) = (book.path / "forecasts").iterdir()
    file.write_text("{", encoding="utf-8")
    again, new = keep(book, found(), at=AT)
    assert (new, again) == (True, entry)
    assert forecasts(book) == ([entry], [])


def test_another_seed_is_another_forecast(book: Book, found: Any) -> None:
    first, _ = keep(book, found())
    second, new = keep(book, found(seed=5))
    assert new
    assert first.id != second.id


def test_all_it_rests_on_is_kept(book: Book, found: Any) -> None:
    said = keep(book, found())[0].said
    assert said["asked"] == {"years": 2, "run_out": "complete", "draws": 200, "seed": 20_250_101}
    assert {row["name"]: row["sure"] for row in said["assumptions"]}["volume_shock"] == "yours"
    assert said["claims"] == {"first_day": "2024-06-02", "last_day": "2025-06-01", "n": 40}


def test_quantiles_rise(book: Book, found: Any) -> None:
    for level in keep(book, found())[0].levels:
        dollars = [value for _, value in level.quantiles]
        assert dollars == sorted(dollars)
        assert [share for share, _ in level.quantiles] == pytest.approx([0.05 * step for step in range(1, 20)])


def test_a_changed_entry_is_reported_and_left_out(book: Book, found: Any) -> None:
    keep(book, found(), at=AT)
    keep(book, found(seed=5))
    file = next(iter(sorted((book.path / "forecasts").iterdir())))
    whole = json.loads(file.read_text(encoding="utf-8"))
    whole["forecast"]["levels"][0]["q50"] = 1.0
    file.write_text(json.dumps(whole), encoding="utf-8")
    (book.path / "forecasts" / "2026-01-01T0000-0000.json").write_text("{", encoding="utf-8")
    (book.path / "forecasts" / "2026-01-02T0000-0000.json").write_bytes(b"\xff\xfe\x00")

    kept, problems = forecasts(book)

    assert len(kept) == 1
    assert [problem.what for problem in problems] == [
        "left out: it is not a forecast as this program keeps them",
        "left out: it is not a forecast as this program keeps them",
        "left out: its content is not what was kept",
    ]


@pytest.mark.parametrize("text", ["[]", "null", '{"id": 3, "kept_at": 4, "forecast": 5}', '"x"'])
def test_files_that_are_json_and_no_forecast(book: Book, text: str) -> None:
    (book.path / "forecasts").mkdir()
    (book.path / "forecasts" / "x.json").write_text(text, encoding="utf-8")
    kept, problems = forecasts(book)
    assert (kept, len(problems)) == ([], 1)


def test_removed_and_put_back(book: Book, found: Any) -> None:
    entry, _ = keep(book, found())
    assert remove(book, entry.id[:6]) == entry.id
    assert forecasts(book) == ([], [])
    assert forecasts(book, removed=True)[0] == [entry]
    assert restore(book, entry.id) == entry.id
    assert forecasts(book)[0] == [entry]
    with pytest.raises(SelectionError, match=f"'zz' is no forecast here; ids: {entry.id}"):
        remove(book, "zz")


def test_a_book_that_cannot_be_written_says_so(book: Book, found: Any) -> None:
    (book.path / "forecasts").write_text("in the way", encoding="utf-8")
    with pytest.raises(BookError, match=r"a forecast cannot be kept in .*forecasts"):
        keep(book, found())


def test_as_known_on_an_earlier_day_there_was_none(book: Book, found: Any) -> None:
    keep(book, found(), at=AT)
    assert forecasts(Book.open(book.path, as_known_on=date(2026, 2, 1))) == ([], [])
    assert len(forecasts(Book.open(book.path, as_known_on=date(2026, 3, 1)))[0]) == 1


def test_an_empty_ledger_is_no_error(book: Book) -> None:
    report = score_forecasts(book)
    assert (report.kept, len(report.scores), report.places) == ((), 0, ())
    assert [row["held"] for row in report.calibration] == [None, None, None]


def level(low: float = 0.0, high: float = 18.0) -> Level:
    """Quantiles 5 %, 10 % … 95 % on a straight line."""
    step = (high - low) / 18
    shares = tuple((round(0.05 * n, 2), low + step * (n - 1)) for n in range(1, 20))
    return Level("contract", 1, date(2026, 1, 1), date(2026, 12, 31), "priced", 9.0, shares)


@pytest.mark.parametrize(
    ("actual", "place", "within"),
    [(9.0, 0.5, "inside"), (9.5, 0.525, "inside"), (-0.1, 0.0, "below"), (18.1, 1.0, "above"), (18.0, 0.95, "inside")],
)
def test_where_what_came_fell(actual: float, place: float, within: str) -> None:
    told = placed(level(), actual)
    assert told["place"] == pytest.approx(place)
    assert told["within"] == within


def test_calibration_counts_hits() -> None:
    """Places .05, .2, .5 and 1: two in the half, three in nine tenths."""
    rows = [{"place": place} for place in (0.05, 0.2, 0.5, 1.0)] + [{"place": None, "says": "not yet"}]
    report = report_of((), rows, [])
    told = {row["interval"]: (row["inside"], row["held"]) for row in report.calibration}
    assert told == {"50 %": (1, 0.25), "80 %": (2, 0.5), "90 %": (3, 0.75)}


def test_which_side_came_to_be(book: Book, found: Any, current: Contract) -> None:
    entry, _ = keep(book, found())
    day = date(2026, 1, 1)
    signed = {
        name: replace(current, amendments=(Amended(name, effective, date(2025, 12, 1)),))
        for name, effective in (("Round 1", day), ("Second amendment", day), ("Other", date(2025, 9, 1)))
    }

    assert in_force(entry, current, day) == ("contract", "")
    assert in_force(entry, signed["Round 1"], day) == ("Round 1", "")
    assert in_force(entry, signed["Second amendment"], day) == ("Round 1", "")
    assert in_force(entry, signed["Other"], day) == (None, "another deal was signed: Other")
    assert in_force(entry, None, day) == (None, "the book holds no contract with Summit Health, or several")


def test_scored_when_the_claims_are_in(book: Book, found: Any, settled: Any, current: Contract) -> None:
    """Forecast are some $4,003 of 40 visits in 2026; 41 came, of which the plan paid $60 each."""
    entry, _ = keep(book, found())
    came = [{"code": "99213", "day": date(2026, 6, 1), "days": 20, "paid": "60.00"} for _ in range(41)]
    later = [{"code": "99213", "day": date(2027, 4, 1)}]

    rows = list(_scored(settled(came + later), [current], [entry]))

    told = {(row["year"], row["measure"]): row for row in rows}
    assert told[1, "priced"]["actual"] == pytest.approx(4100.0)
    assert told[1, "paid"]["actual"] == pytest.approx(41 * 60.0)
    assert (told[1, "priced"]["within"], told[1, "paid"]["within"]) == ("inside", "below")
    assert told[2, "priced"]["says"] == "not yet: due when the book reaches 2028-03-30; it reaches 2027-04-01"
    assert told[2, "priced"]["actual"] is None


def test_not_before_run_out_and_not_of_a_few(book: Book, found: Any, settled: Any, current: Contract) -> None:
    entry, _ = keep(book, found())
    came = [{"code": "99213", "day": date(2026, 12, 31)} for _ in range(41)]
    early = list(_scored(settled(came), [current], [entry]))
    few = list(_scored(settled([*came[:5], {"code": "99213", "day": date(2027, 6, 1)}]), [current], [entry]))

    assert early[0]["says"] == "not yet: due when the book reaches 2027-03-31; it reaches 2026-12-31"
    assert few[0]["says"] == "not scored: the claims of these days are of fewer than 11 patients"
    assert Decimal(0) not in {row["actual"] for row in few}
