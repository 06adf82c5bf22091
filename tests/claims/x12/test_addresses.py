"""ZIP codes of billing providers and service facilities: which claim has which; what is said of those that are none."""

from __future__ import annotations

import random
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ENDS = ("NM1", "SBR", "CLM", "LX", "HL", "ST", "SE", "ISA", "IEA", "GS", "GE")
FACILITY = ["NM1*77*2*PLACE*****XX*1333333339", "N3*2 MAIN", "N4*BOSTON*MA*02108-1234"]


class Walk:
    """A slow, plain reading of the ZIP codes of one interchange, a segment at a time."""

    def __init__(self) -> None:
        self.claims: list[list[str | None]] = []
        self.billing: str | None = None
        self.open = self.inside = self.own = self.named = False
        self.loop = ""

    def take(self, name: str, get: list[str]) -> None:
        """One segment."""
        if name in ENDS:
            self.loop = ""
        if name in ("ST", "SE", "ISA", "IEA", "GS", "GE"):
            self.open = name == "ST" and get[1] == "837"
            self.billing = None
        if name in ("ST", "SE", "ISA", "IEA", "GS", "GE", "HL"):
            self.own = self.inside = False
        if not self.open:
            return
        if name == "HL" and get[3] == "20":
            self.billing = None
        elif name == "CLM":
            self.claims.append([self.billing, None])
            self.own = self.inside = True
            self.named = False
        elif name in ("SBR", "LX", "SV1", "SV2", "SV3"):
            self.own = False
        elif name == "NM1":
            self._name(get[1])
        elif name == "N4" and self.loop:
            self._town(get[3].strip())

    def _name(self, code: str) -> None:
        if code == "85" and not self.inside:
            self.billing, self.loop = None, "billing"
        elif code in ("77", "FA") and self.own and not self.named:
            self.named, self.loop = True, "facility"

    def _town(self, said: str) -> None:
        zip_code = said.replace("-", "") if re.fullmatch(r"[0-9]{5}(-?[0-9]{4})?", said) else None
        if self.loop == "billing":
            self.billing = zip_code
        else:
            self.claims[-1][1] = zip_code
        self.loop = ""


def plain(reference: ModuleType, content: bytes) -> list[tuple[str | None, str | None]]:
    """Billing and facility ZIP of each claim of a file, read plainly."""
    found: list[tuple[str | None, str | None]] = []
    for element, _, segments in reference.interchanges(content):
        walk = Walk()
        for segment in segments:
            elements = [part.strip() for part in segment.split(element)]
            walk.take(elements[0], [*elements, *[""] * 5])
        found += [(billing, facility) for billing, facility in walk.claims]
    return found


def read(accounts: ModuleType, content: bytes, block_bytes: int = 2 << 20) -> list[tuple[str | None, str | None]]:
    """The same as the reader has it."""
    claims = accounts.rows(accounts.read_all(content, block_bytes), "claims")
    return [(claim["billing_zip"], claim["facility_zip"]) for claim in claims]


def bad_zips(accounts: ModuleType, tables: dict[str, Any]) -> list[dict[str, Any]]:
    """The findings of ZIP codes that are none."""
    return [finding for finding in accounts.rows(tables, "findings") if finding["rule"] == "bad-zip"]


def with_facility(texts: ModuleType, old: str = "", new: str = "") -> bytes:
    """The professional file, its first claim with the address of its facility, and something else replaced."""
    content: bytes = texts.professional().replace(f"{FACILITY[0]}~".encode(), "~".join([*FACILITY, ""]).encode())
    assert old.encode() in content
    return content.replace(old.encode(), new.encode())


def test_each_claim_has_its_providers_zip_and_its_own_facilitys(accounts: ModuleType, texts: ModuleType) -> None:
    assert read(accounts, with_facility(texts)) == [("06156", "021081234"), ("06156", None)]
    assert read(accounts, texts.institutional()) == [("06156", None)]


def test_other_addresses_are_not_taken_for_them(accounts: ModuleType, texts: ModuleType) -> None:
    """Of the pay-to provider, the subscriber, another payer's facility, and the facility of a line."""
    content = with_facility(texts, "N4*HARTFORD*CT*06156~", "")
    content = content.replace(b"NM1*IL*1*DOE*JANE****MI*W1~", b"NM1*IL*1*DOE*JANE****MI*W1~N4*X*CT*11111~")
    content = content.replace(b"NM1*87*2*PAY TO*****XX*1111111112~", b"NM1*87*2*PAY TO~N4*X*CT*22222~")
    content = content.replace(b"N4*BOSTON*MA*02108-1234~", b"")
    content = content.replace(b"NM1*PR*2*PLAN TWO*****PI*99999~", b"NM1*77*2*ELSE~N4*X*CT*33333~")
    content = content.replace(b"REF*6R*L2~", b"REF*6R*L2~NM1*77*2*LINE~N4*X*CT*44444~")
    assert read(accounts, content) == [(None, None), (None, None)]


def test_another_billing_provider_starts_without_a_zip(accounts: ModuleType, texts: ModuleType) -> None:
    """A second HL 20 whose address is missing does not keep the first one's."""
    second = "HL*3**20*1~NM1*85*2*OTHER*****XX*1999999999~HL*4*3*22*0~"
    content = with_facility(texts, "HL*3*2*23*0~", second)
    assert read(accounts, content) == [("06156", "021081234"), (None, None)]


@pytest.mark.parametrize(
    ("written", "kept"),
    [("06156", "06156"), ("061561234", "061561234"), ("06156-1234", "061561234"), ("", None)],
)
def test_five_or_nine_digits_are_kept_without_the_dash(
    accounts: ModuleType, texts: ModuleType, written: str, kept: str | None
) -> None:
    tables = accounts.read_all(with_facility(texts, "*06156~", f"*{written}~"))
    assert accounts.rows(tables, "claims")[0]["billing_zip"] == kept
    assert bad_zips(accounts, tables) == []


@pytest.mark.parametrize(
    "written", ["6156", "0615", "06156-", "06156-123", "0615612345", "M5V 2T6", "06l56", "06156 1234"]
)
def test_anything_else_is_null_and_one_finding_however_many_claims(
    accounts: ModuleType, texts: ModuleType, written: str
) -> None:
    content = with_facility(texts, "*06156~", f"*{written}~")
    for block_bytes in (2 << 20, 700, 300):
        tables = accounts.read_all(content, block_bytes)
        assert [claim["billing_zip"] for claim in accounts.rows(tables, "claims")] == [None, None]
        (finding,) = bad_zips(accounts, tables)
        assert (finding["severity"], finding["subject"]) == ("warning", "files")
        assert (finding["element"], finding["expected"]) == ("N403", "a ZIP code of five or nine digits")
        assert content[finding["byte_offset"] :].startswith(written.encode())
        assert finding["message"].startswith("N403 says '")


def test_a_facilitys_is_a_finding_of_its_claim(accounts: ModuleType, texts: ModuleType) -> None:
    tables = accounts.read_all(with_facility(texts, "02108-1234", "2108"))
    claim, (finding,) = accounts.rows(tables, "claims")[0], bad_zips(accounts, tables)
    assert (claim["facility_zip"], claim["facility_npi"]) == (None, "1333333339")
    assert (finding["subject"], finding["subject_key"]) == ("claims", claim["claim_key"])
    assert finding["message"] == "N403 says '2108', which is not a ZIP code of five or nine digits"


def test_other_transactions_are_not_judged(accounts: ModuleType, texts: ModuleType) -> None:
    request = ["278", "BHT*0007*13*1*20260105*1200", "NM1*85*2*CLINIC*****XX*1234567893", "N4*X*CT*1"]
    rules = {f["rule"] for f in accounts.rows(accounts.read_all(texts.wrap([request], "HI").encode()), "findings")}
    assert rules == {"not-read"}


def test_a_plain_reading_of_the_samples_says_the_same(
    accounts: ModuleType, reference: ModuleType, samples: Path
) -> None:
    seen: set[tuple[bool, bool]] = set()
    for path in sorted(samples.glob("837__*")):
        content = path.read_bytes()
        if b"ISA" not in content or not (claims := plain(reference, content)):
            continue
        for block_bytes in (2 << 20, 900):
            assert read(accounts, content, block_bytes) == claims, path.name
        seen.update((billing is not None, facility is not None) for billing, facility in claims)
    assert seen == {(True, True), (True, False), (False, False)} | seen, "the samples have every kind"


def test_a_plain_reading_of_damaged_files_says_the_same(
    accounts: ModuleType, reference: ModuleType, texts: ModuleType
) -> None:
    """Segments dropped, doubled and moved: addresses stand in other loops or in none."""
    whole = with_facility(texts).split(b"~")
    for seed in range(400):
        draw, pieces = random.Random(seed), list(whole)
        for _ in range(draw.randint(1, 6)):
            at, to = draw.randrange(3, len(pieces) - 3), draw.randrange(3, len(pieces) - 3)
            segment = pieces[at] if draw.random() < 0.4 else pieces.pop(at)
            if draw.random() < 0.8:
                pieces.insert(to, segment)
        content = b"~".join(pieces)
        assert read(accounts, content) == plain(reference, content), f"damage {seed}"
