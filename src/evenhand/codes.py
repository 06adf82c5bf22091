"""Codes as text: ranges of them, products by filing indicator, plain words for groups of services.

No code set's own descriptions appear here; the group names are this project's words for ranges.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class CodeRange:
    """Codes from ``low`` to ``high``, both inside, compared as text of one length.

    >>> "99213" in CodeRange("99202", "99215"), "J9000" in CodeRange("99202", "99215")
    (True, False)
    """

    low: str
    high: str

    def __contains__(self, code: str) -> bool:
        return len(code) == len(self.low) and self.low <= code <= self.high

    @property
    def single(self) -> bool:
        """Whether the range is one code."""
        return self.low == self.high

    def __str__(self) -> str:
        return self.low if self.single else f"{self.low}-{self.high}"


#: X12 claim filing indicator (SBR09, CLP06) → the product it stands for. Indicators that say
#: nothing of the product (CI commercial, BL Blue Cross) are left out: unknown stays unknown.
PRODUCTS: dict[str, str] = {
    "12": "PPO",
    "13": "POS",
    "14": "EPO",
    "15": "Indemnity",
    "16": "Medicare Advantage",
    "HM": "HMO",
    "MA": "Medicare",
    "MB": "Medicare",
    "MC": "Medicaid",
    "CH": "TRICARE",
    "VA": "Veterans",
    "WC": "Workers compensation",
    "AM": "Automobile",
    "FI": "Federal employees",
}

#: Service lines by procedure code: (low, high, name), first match wins.
SERVICE_LINES: tuple[tuple[str, str, str], ...] = (
    ("00100", "01999", "Anaesthesia"),
    ("99202", "99215", "Office visits"),
    ("99217", "99239", "Hospital visits"),
    ("99281", "99285", "Emergency visits"),
    ("99241", "99499", "Other visits"),
    ("10004", "19499", "Surgery: skin and breast"),
    ("20000", "29999", "Surgery: bones and joints"),
    ("30000", "39999", "Surgery: chest"),
    ("40000", "49999", "Surgery: digestive"),
    ("50000", "59999", "Surgery: urinary, genital, maternity"),
    ("60000", "69999", "Surgery: nerves, eyes, ears"),
    ("70000", "79999", "Imaging"),
    ("80000", "89999", "Laboratory"),
    ("90281", "90799", "Vaccines and immune products"),
    ("97010", "97799", "Therapy"),
    ("90785", "90899", "Behavioural health"),
    ("90800", "99199", "Other medicine"),
    ("99500", "99999", "Other medicine"),
    ("A0000", "A0999", "Ambulance"),
    ("A1000", "A9999", "Supplies"),
    ("E0000", "E9999", "Equipment"),
    ("G0000", "G9999", "Medicare-defined services"),
    ("J0000", "J9999", "Drugs"),
    ("L0000", "L9999", "Orthotics and prosthetics"),
    ("Q0000", "Q9999", "Supplies"),
)

OTHER_SERVICE_LINE = "Other"
FACILITY_SERVICE_LINE = "Facility"


def service_line(code: str | None) -> str:
    """The service line a procedure code belongs to, in this project's words.

    >>> service_line("29881"), service_line("99213"), service_line(None)
    ('Surgery: bones and joints', 'Office visits', 'Facility')
    """
    if not code:
        return FACILITY_SERVICE_LINE
    for low, high, name in SERVICE_LINES:
        if code in CodeRange(low, high):
            return name
    return OTHER_SERVICE_LINE
