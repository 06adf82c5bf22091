"""Writes a large 837 file, professional or institutional, the same one for the same seed."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from generate_835 import PROCEDURES, REVENUES, money  # type: ignore[import-not-found]

DIAGNOSES = ["E119", "I10", "J449", "M1711", "K219", "Z0000", "N186", "I509"]
VERSIONS = {"P": "005010X222A1", "I": "005010X223A2"}
ISA = "ISA*00*          *00*          *ZZ*SUBMITTER      *ZZ*RECEIVER       *260105*0512*^*00501*000000001*0*P*:"


class Generator:
    """Draws claims and writes them."""

    def __init__(self, kind: str, seed: int) -> None:
        self.kind, self.random = kind, random.Random(seed)
        self.totals: Counter[str] = Counter()
        self.segments: list[str] = []

    def put(self, *elements: str) -> None:
        """Write one segment."""
        self.segments.append("*".join(elements).rstrip("*"))

    def transaction(self, number: int) -> None:
        """Write one transaction of 20 providers with 50 claims each."""
        self.put("ST", "837", f"{number:04d}", VERSIONS[self.kind])
        self.put("BHT", "0019", "00", str(number), "20260105", "0512", "CH")
        self.put("NM1", "41", "2", "SUBMITTER INC", "", "", "", "", "46", "SUB")
        self.put("NM1", "40", "2", "BIG PAYER", "", "", "", "", "46", "RCV")
        level = 0
        for _ in range(20):
            level += 1
            provider = level
            self._provider(provider)
            for _ in range(50):
                level += 1
                self._subscriber(level, provider)
                self._claim()
        self.put("SE", str(len(self.segments) + 1), f"{number:04d}")

    def _provider(self, level: int) -> None:
        self.put("HL", str(level), "", "20", "1")
        self.put("NM1", "85", "2", "CLINIC", "", "", "", "", "XX", f"1{self.random.randint(10**8, 10**9 - 1)}")
        self.put("N3", "1 MAIN")
        self.put("N4", "HARTFORD", "CT", "061560000")
        self.put("REF", "EI", "123456789")

    def _subscriber(self, level: int, parent: int) -> None:
        self.put("HL", str(level), str(parent), "22", "0")
        self.put("SBR", "P", "18", "GRP1", "", "", "", "", "", "12")
        member = f"W{self.random.randint(10**8, 10**9 - 1)}"
        self.put("NM1", "IL", "1", "DOE", "JANE", "", "", "", "MI", member)
        self.put("N3", "2 ELM")
        self.put("N4", "HARTFORD", "CT", "06156")
        self.put("DMG", "D8", "19700101", "F")
        self.put("NM1", "PR", "2", "BIG PAYER", "", "", "", "", "PI", "60054")

    def _claim(self) -> None:
        draw, professional = self.random, self.kind == "P"
        charges = [
            draw.randint(2500, 500000) for _ in range(draw.randint(1, 6) if professional else draw.randint(3, 20))
        ]
        place = "11:B:1" if professional else f"{draw.choice(('11', '13', '85'))}:A:{draw.choice('117')}"
        number = f"A{draw.randint(10**6, 10**9)}"
        self.put("CLM", number, money(sum(charges)), "", "", place, "Y", "A", "Y", "Y")
        if not professional:
            self.put("DTP", "434", "RD8", "20250101-20250105")
            self.put("DTP", "435", "DT", "202501010800")
            self.put("CL1", "1", "1", "01")
        self.put("REF", "D9", str(draw.randint(10**9, 10**10)))
        self._diagnoses(professional)
        if draw.random() < 0.1:
            self._other_payer()
        for place_in_claim, charge in enumerate(charges, 1):
            self._line(place_in_claim, charge, professional)
        self.totals.update(claims=1, charge=sum(charges), lines=len(charges))

    def _diagnoses(self, professional: bool) -> None:
        draw = self.random
        present = "" if professional else ":::::::Y"
        self.put("HI", f"ABK:{draw.choice(DIAGNOSES)}{present}")
        if not professional:
            self.put("HI", f"DR:{draw.choice(('470', '871', '291'))}")
        others = [f"ABF:{draw.choice(DIAGNOSES)}{present}" for _ in range(draw.randint(1, 8))]
        self.put("HI", *others)
        qualifier = "82" if professional else "71"
        self.put("NM1", qualifier, "1", "DOC", "RN", "", "", "", "XX", f"1{draw.randint(10**8, 10**9 - 1)}")

    def _other_payer(self) -> None:
        self.put("SBR", "S", "18", "", "", "", "", "", "", "MC")
        self.put("CAS", "CO", "45", "10")
        self.put("AMT", "D", "20")
        self.put("OI", "", "", "Y", "", "", "Y")
        self.put("NM1", "IL", "1", "DOE", "OTHER", "", "", "", "MI", "OTHERID")
        self.put("NM1", "PR", "2", "OTHER PAYER", "", "", "", "", "PI", "99999")

    def _line(self, number: int, charge: int, professional: bool) -> None:
        draw = self.random
        code = f"HC:{draw.choice(PROCEDURES)}"
        self.put("LX", str(number))
        if professional:
            modifier = ":25" if draw.random() < 0.2 else ""
            self.put("SV1", code + modifier, money(charge), "UN", str(draw.randint(1, 4)), "", "", "1")
        else:
            self.put("SV2", draw.choice(REVENUES), code if draw.random() < 0.7 else "", money(charge), "UN", "1")
        self.put("DTP", "472", "D8", "20250103")
        self.put("REF", "6R", f"L{number}")


def write_837(path: Path, megabytes: float, kind: str = "P", seed: int = 7) -> dict[str, int]:
    """Write a file of about this size, kind P or I; returns its totals (amounts in cents)."""
    generator = Generator(kind, seed)
    size = number = 0
    with path.open("w", encoding="ascii", newline="") as file:
        size += file.write(f"{ISA}~GS*HC*SUB*RCV*20260105*0512*1*X*{VERSIONS[kind]}~")
        while size < megabytes * 1e6:
            number += 1
            generator.transaction(number)
            size += file.write("~".join(generator.segments) + "~")
            generator.segments = []
        size += file.write(f"GE*{number}*1~IEA*1*000000001~")
    return dict(generator.totals) | {"bytes": size}
