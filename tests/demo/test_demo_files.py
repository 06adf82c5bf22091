"""The generated files hold together: counts, balances and numbers, checked the plainest way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from evenhand.demo import DemoFiles, generate
from evenhand.demo.practice import CLINIC, SURGEONS, SURGICAL_HOSPITAL, with_check_digit

Segments = list[list[str]]


def _amount(text: str) -> Decimal:
    return Decimal(text or "0")


def _between(segments: Segments, start: str, ends: tuple[str, ...]) -> Iterator[Segments]:
    """Runs of segments from each ``start`` to the next of ``ends``."""
    run: Segments = []
    for segment in segments:
        if segment[0] == start or segment[0] in ends:
            if run:
                yield run
            run = [segment] if segment[0] == start else []
        elif run:
            run.append(segment)
    if run:
        yield run


def _adjusted(segments: Segments) -> Decimal:
    amounts = (_amount(amount) for segment in segments if segment[0] == "CAS" for amount in segment[3::3])
    return sum(amounts, Decimal(0))


def test_each_line_and_claim_of_a_remittance_balances(segments_of_835: dict[Path, Segments]) -> None:
    lines = claims = 0
    for segments in segments_of_835.values():
        for claim in _between(segments, "CLP", ("PLB", "SE")):
            claims += 1
            assert _amount(claim[0][3]) - _adjusted(claim) == _amount(claim[0][4]), claim[0]
            for line in _between(claim, "SVC", ()):
                lines += 1
                assert _amount(line[0][2]) - _adjusted(line) == _amount(line[0][3]), line[0]
    assert lines > 3_000
    assert claims > 1_400


def test_each_payment_is_its_claims_less_its_provider_adjustments(segments_of_835: dict[Path, Segments]) -> None:
    for path, segments in segments_of_835.items():
        for payment in _between(segments, "ST", ("GE",)):
            (bpr,) = (segment for segment in payment if segment[0] == "BPR")
            paid = sum((_amount(segment[4]) for segment in payment if segment[0] == "CLP"), Decimal(0))
            outside = (_amount(amount) for segment in payment if segment[0] == "PLB" for amount in segment[4::2])
            assert _amount(bpr[2]) == paid - sum(outside, Decimal(0)), path.name
            assert _amount(bpr[2]) >= 0, path.name
            assert len(bpr) == 17, path.name


def test_interest_named_on_claims_is_interest_paid(segments_of_835: dict[Path, Segments]) -> None:
    everything = [segment for segments in segments_of_835.values() for segment in segments]
    named = sum(_amount(segment[2]) for segment in everything if segment[:2] == ["AMT", "I"])
    pairs = [pair for one in everything if one[0] == "PLB" for pair in zip(one[3::2], one[4::2], strict=True)]
    assert named == -sum(_amount(amount) for code, amount in pairs if code.startswith("L6:"))
    assert named > 0


def test_patient_share_is_the_sum_of_pr_adjustments(segments_of_835: dict[Path, Segments]) -> None:
    for segments in segments_of_835.values():
        for claim in _between(segments, "CLP", ("PLB", "SE")):
            owed = _adjusted([segment for segment in claim if segment[:2] == ["CAS", "PR"]])
            assert _amount(claim[0][5]) == (0 if claim[0][2] == "22" else owed), claim[0]


@pytest.mark.parametrize("pattern", ["*.835", "*.837p", "*.837i"])
def test_envelopes_count_and_number_what_they_hold(small_demo: DemoFiles, pattern: str) -> None:
    for path in sorted(small_demo.files.rglob(pattern)):
        segments = [segment.strip().split("*") for segment in path.read_text().split("~") if segment.strip()]
        for transaction in _between(segments, "ST", ("GE",)):
            assert transaction[-1][1:] == [str(len(transaction)), transaction[0][2]], path.name
        for group in _between(segments, "GS", ("IEA",)):
            sets = sum(segment[0] == "ST" for segment in group)
            assert group[-1] == ["GE", str(sets), group[0][6]], path.name
        for interchange in _between(segments, "ISA", ()):
            assert interchange[-1] == ["IEA", "1", interchange[0][13]], path.name


def test_claims_charge_what_their_lines_charge(small_demo: DemoFiles) -> None:
    for pattern, segment_name, place in (("*.837p", "SV1", 2), ("*.837i", "SV2", 3)):
        for path in sorted(small_demo.files.rglob(pattern)):
            segments = [segment.strip().split("*") for segment in path.read_text().split("~") if segment.strip()]
            for claim in _between(segments, "CLM", ("HL", "SE")):
                charges = (_amount(segment[place]) for segment in claim if segment[0] == segment_name)
                assert _amount(claim[0][2]) == sum(charges, Decimal(0)), claim[0]


def test_the_files_hold_what_real_ones_do(segments_of_835: dict[Path, Segments]) -> None:
    everything = [segment for segments in segments_of_835.values() for segment in segments]
    statuses = {segment[2] for segment in everything if segment[0] == "CLP"}
    assert statuses == {"1", "2", "4", "22"}
    reasons = {reason for segment in everything if segment[0] == "CAS" for reason in segment[2::3]}
    assert {"45", "1", "2", "3", "16", "50", "197", "97", "23"} <= reasons
    assert {"LQ", "MOA", "PLB", "AMT"} <= {segment[0] for segment in everything}
    assert any(len(segment) > 6 and segment[0] == "SVC" and segment[6].startswith("HC:") for segment in everything)


def _digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    generate(tmp_path / "one", claims=300, seed=11)
    generate(tmp_path / "two", claims=300, seed=11)
    generate(tmp_path / "other", claims=300, seed=12)
    assert _digest(tmp_path / "one") == _digest(tmp_path / "two")
    assert _digest(tmp_path / "one") != _digest(tmp_path / "other")


def test_a_clean_book_has_the_same_claims_and_no_faults(small_demo: DemoFiles, tmp_path: Path) -> None:
    clean = generate(tmp_path, claims=1_500, seed=3, faults=False)
    assert json.loads(clean.truth.read_text()) == []
    assert _digest(clean.files / "837p") == _digest(small_demo.files / "837p")
    assert _digest(clean.files / "835") != _digest(small_demo.files / "835")


def test_each_fault_moves_at_least_a_dollar(small_demo: DemoFiles) -> None:
    truth = json.loads(small_demo.truth.read_text())
    assert len(truth) == small_demo.faults > 50
    for row in truth:
        assert abs(Decimal(row["paid_allowed"]) - Decimal(row["correct_allowed"])) >= 1, row


def test_numbers_of_people_and_places_pass_their_check_digit() -> None:
    for npi in (CLINIC.npi, SURGICAL_HOSPITAL.npi, *(surgeon.npi for surgeon in SURGEONS)):
        assert npi.startswith(("1000000", "1000001")), "a made-up number from a range not issued"
        assert with_check_digit(npi[:9]) == npi
