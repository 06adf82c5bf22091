"""Who is in the demo: the practice, its clinicians, its payers and patients. All of it is made up.

The NPIs satisfy their check digit but come from a range that is not issued (``1000000…``), the tax
number is zeros, and no person or company is meant by any name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

#: First day of service, and how many weeks of service follow it: two years.
FIRST_DAY = date(2024, 11, 1)
WEEKS = 104
#: The day the files were gathered; remittances after it do not exist yet.
TODAY = date(2026, 11, 20)

TIN = "840000000"


def with_check_digit(first_nine: str) -> str:
    """An NPI from its first nine digits: the Luhn digit over ``80840`` and them.

    >>> with_check_digit("123456789")
    '1234567893'
    """
    total = 24
    for position, digit in enumerate(reversed(first_nine)):
        number = int(digit) * (2 if position % 2 == 0 else 1)
        total += number - 9 if number > 9 else number
    return first_nine + str(-total % 10)


@dataclass(frozen=True, slots=True)
class Site:
    """A billing or service location of the practice."""

    name: str
    npi: str
    street: str


CLINIC = Site("CEDAR RIDGE ORTHOPAEDICS", with_check_digit("100000001"), "100 EXAMPLE RIDGE ROAD")
SURGICAL_HOSPITAL = Site("CEDAR RIDGE SURGICAL HOSPITAL", with_check_digit("100000002"), "120 EXAMPLE RIDGE ROAD")
#: The town is made up; its ZIP code is one of the Colorado foothills, so that what hangs on the place has one to go by.
TOWN = "N4*CEDAR RIDGE*CO*804019999"


@dataclass(frozen=True, slots=True)
class Clinician:
    """A surgeon, assistant or therapist."""

    last: str
    first: str
    npi: str
    taxonomy: str


def _clinicians(rows: str, taxonomy: str, start: int) -> tuple[Clinician, ...]:
    names = [row.split() for row in rows.split(",")]
    return tuple(
        Clinician(last, first, with_check_digit(str(start + number)), taxonomy)
        for number, (last, first) in enumerate(names)
    )


SURGEONS = _clinicians(
    "ALDERMOOR IRIS,BIRCHFIELD TOM,CLOVERLEY ANA,DUNWICKE SAM,ELMSTEAD RUTH,FERNHOLLOW LEO", "207X00000X", 100000101
)
ASSISTANTS = _clinicians("GORSELEY PAT,HEATHMERE JO", "363A00000X", 100000201)
THERAPISTS = _clinicians("IVYBROOK KIM,JUNIPERTON LEE,KESTRELLO MAX", "225100000X", 100000301)


@dataclass(frozen=True, slots=True)
class Payer:
    """A payer: how files name it, when it pays, what its members owe, which habits its remittances have."""

    key: str  # names its contract's folder
    name: str
    payer_id: str
    tax_number: str
    share: int  # of the practice's patients, in per cent
    filing_codes: tuple[tuple[str, int], ...]  # claim filing indicator and its weight
    group_number: str
    pay_weekday: int
    usual_days: tuple[int, int]  # from receipt to payment
    late: tuple[int, int, int]  # per cent of claims paid late; from, to days
    interest_after: int  # days; interest from then on
    copay: int  # cents, per visit
    coinsurance: int  # per cent
    deductible: int  # cents a year
    reports_allowed: str  # AMT*B6 on lines of these claim types: P, I


PAYERS = (
    Payer(
        "summit-health", "Summit Health", "SUMM1", "1840000011", 44, (("12", 74), ("14", 22), ("HM", 4)),
        "SH20417", 1, (9, 19), (5, 31, 62), 30, 4000, 20, 75000, "PI",
    ),
    Payer(
        "prairie-mutual", "Prairie Mutual", "PRMU1", "1840000022", 33, (("CI", 100),),
        "PM-8800", 2, (13, 27), (6, 46, 75), 45, 3000, 10, 50000, "",
    ),
    Payer(
        "lakeshore-community-plan", "Lakeshore Community Plan", "LAKE1", "1840000033", 23, (("HM", 100),),
        "LCP551", 4, (19, 40), (17, 41, 95), 30, 2500, 15, 30000, "P",
    ),
)  # fmt: skip
SUMMIT, PRAIRIE, LAKESHORE = PAYERS

#: Products the practice's claims state by filing indicator; Summit's contract leaves its HMO out.
OUTSIDE_CONTRACT = {("summit-health", "HM")}


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FIRST = _words("ADA BEN CORA DEV ELLA FINN GIA HUGO INA JAY KIT LENA MILO NORA OTIS PIA QUINN ROSA SETH TESS")
_LAST_START = _words("ALD BRAM CHES DOW EVER FAIR GREN HAL ISLE KEN LANG MAR NETH OAK PEN RAV SIL THOR WEL YAR")
_LAST_END = _words("BOROUGH COMBE DALE FIELD GATE HURST LEIGH MERE RIDGE STEAD TON WICK WOOD WORTH")


@dataclass(frozen=True, slots=True)
class Patient:
    """A member of one payer, the same in every file of the same seed."""

    number: int
    payer: Payer
    filing_code: str
    last: str
    first: str
    sex: str
    birth: date

    @property
    def member_id(self) -> str:
        """The payer's number for the member."""
        return f"{self.payer.payer_id[0]}{self.number:08d}"


def make_patient(seed: int, number: int) -> Patient:
    """The patient with this number: drawn from seed and number alone, so none need be kept."""
    rng = Random(f"{seed} patient {number}")
    payer = rng.choices(PAYERS, [payer.share for payer in PAYERS])[0]
    codes, weights = zip(*payer.filing_codes, strict=True)
    return Patient(
        number,
        payer,
        rng.choices(codes, weights)[0],
        rng.choice(_LAST_START) + rng.choice(_LAST_END),
        rng.choice(_FIRST),
        rng.choice("FM"),
        date(rng.randint(1946, 2012), rng.randint(1, 12), rng.randint(1, 28)),
    )
