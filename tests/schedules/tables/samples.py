"""Small tables in the layouts they are published in, with made-up numbers, and writers of the formats they come in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

import openpyxl

COUNT = 120
_CENT = Decimal("0.01")
Cells = list[str]
_WORKBOOKS: dict[int, bytes] = {}


@dataclass(frozen=True)
class Sample:
    """A table: the name of its file without ending, its kind, the rows of its head, and its rows."""

    file: str
    kind: str
    head: list[Cells]
    rows: list[Cells]

    def with_column(self, at: int, head: Sequence[str], cell: str) -> Sample:
        """The same with a column put in."""
        rows = [[*row[:at], cell, *row[at:]] for row in self.rows]
        return replace(self, head=[[*r[:at], h, *r[at:]] for r, h in zip(self.head, head, strict=True)], rows=rows)

    @property
    def all(self) -> list[Cells]:
        """Head and rows, padded to one width, as Excel writes them."""
        width = max(len(row) for row in (*self.head, *self.rows))
        return [row + [""] * (width - len(row)) for row in (*self.head, *self.rows)]

    def text(self, delimiter: str = ",") -> str:
        """As Excel saves it as text."""
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter).writerows(self.all)
        return out.getvalue()

    def csv(self) -> tuple[str, bytes]:
        """Name and content of a comma-separated copy."""
        return f"{self.file}.csv", self.text().encode("cp1252")

    def tab(self) -> tuple[str, bytes]:
        """Of a tab-separated one."""
        return f"{self.file}.txt", self.text("\t").encode("cp1252")

    def utf16(self) -> tuple[str, bytes]:
        """Of what Excel calls Unicode text."""
        return f"{self.file}.txt", self.text("\t").encode("utf-16")

    def xlsx(self) -> tuple[str, bytes]:
        """Of a workbook, whose cells are numbers where they look like one; the same bytes at each call."""
        if (known := _WORKBOOKS.get(id(self))) is None:
            known = _WORKBOOKS[id(self)] = self._workbook()
        return f"{self.file}.xlsx", known

    def _workbook(self) -> bytes:
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in self.all:
            book.active.append([_cell(cell) for cell in row])
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


def _cell(cell: str) -> str | int | float | None:
    if re.fullmatch(r"[1-9]\d*", cell):
        return int(cell)
    if re.fullmatch(r"\$?[\d,]*\.\d+", cell):
        return float(cell.replace("$", "").replace(",", ""))
    return cell or None


def cents(value: Decimal) -> Decimal:
    """Rounded to cents."""
    return value.quantize(_CENT, ROUND_HALF_UP)


def dollars(value: Decimal) -> str:
    """As CMS writes money: ``$1,518.75``."""
    return f"${value:,.2f}"


def _code(at: int) -> str:
    return f"{20000 + at * 7}"


def _weight(at: int) -> Decimal:
    return (Decimal("1.0213") + at * Decimal("0.7307")).quantize(Decimal("0.0001"))


def _rvu(at: int) -> Cells:
    work, office, facility, mp = (Decimal(n) / 100 for n in (120 + at, 340 + 3 * at, 95 + 2 * at, 9 + at))
    pe = f"{work / 2:.2f}"
    split = ("0.10", "0.69", "0.21") if at % 2 else ("0.00", "0.00", "0.00")
    digits = [str((at * k) % 10) for k in (1, 3)] + ["01239"[at % 5], "0129"[at % 4], "0129"[at % 3], "0129"[at % 2]]
    return [
        _code(at // 2), "26" if at % 2 else "", "words", "A", "", f"{work:.2f}", f"{office:.2f}", "NA" * bool(at % 3),
        f"{facility:.2f}", "", f"{mp:.2f}", f"{work + office + mp:.2f}", f"{work + facility + mp:.2f}", digits[0],
        "090", *split, *digits[1:], "45378" if at % 7 == 0 else "", "31.0001", "09", "0", "99", pe, pe, "0.00",
    ]  # fmt: skip


_RVU_HEAD = [
    ["", "", "2025 National Physician Fee Schedule Relative Value File October Release"],
    ["", "", "RELEASED 09/11/2025"],
    [*[""] * 28, "NON-FACILITY", "FACILITY", ""],
    ["", "", "", "", "NOT USED", *[""] * 20, "PHYSICIAN", "", "DIAGNOSTIC", "PE USED", "PE USED", "MP USED"],
    ["", "", "", "", "FOR", "", "", "NON-FAC", "", "FACILITY ", *[""] * 15, "SUPERVISION OF", "", "IMAGING",
     "FOR OPPS", "FOR OPPS", "FOR OPPS"],
    ["", "", "", "STATUS", "MEDICARE ", "WORK", "NON-FAC", "NA", "FACILITY", "NA", "MP", "NON-FACILITY", "FACILITY",
     "PCTC", "GLOB", "PRE", "INTRA", "POST", "MULT", "BILAT", "ASST", "CO-", "TEAM", "ENDO", "CONV", "DIAGNOSTIC",
     "CALCULATION", "FAMILY", "PAYMENT", "PAYMENT", "PAYMENT"],
    ["HCPCS", "MOD", "DESCRIPTION", "CODE", "PAYMENT", "RVU", "PE RVU", "INDICATOR", "PE RVU", "INDICATOR", "RVU",
     "TOTAL", "TOTAL", "IND", "DAYS", "OP", "OP", "OP", "PROC", "SURG", "SURG", "SURG", "SURG", "BASE", "FACTOR",
     "PROCEDURES", "FLAG", "INDICATOR", "AMOUNT", "AMOUNT", "AMOUNT"],
]  # fmt: skip
RVU = Sample("PPRRVU2025_Oct", "pfs-rvu", _RVU_HEAD, [_rvu(at) for at in range(COUNT)])
#: In 2026 a column of pricing indicators stands after the status.
RVU_2026 = replace(RVU.with_column(4, ["", "", "", "", "", "PRIC", "IND"], "1"), file="PPRRVU2025_Oct_nonQPP")


def _localities() -> list[tuple[str, str]]:
    return [(f"{1112 + at // 20:05d}", f"{at % 20:02d}") for at in range(COUNT)]


GPCI = Sample(
    "GPCI2025", "pfs-gpci",
    [["ADDENDUM E. FINAL CY 2025 GEOGRAPHIC PRACTICE COST INDICES"],
     ["Medicare Administrative Contractor (MAC)", "State", "Locality Number", "Locality Name",
      "2025 PW GPCI (with 1.0 Floor)", "2025 PE GPCI", "2025 MP GPCI"]],
    [[carrier, "AL", locality, f"PLACE{at}", f"1.{at:03d}", f"0.{800 + at}", f"0.{400 + at}"]
     for at, (carrier, locality) in enumerate(_localities())],
)  # fmt: skip
COUNTIES = Sample(
    "25LOCCO", "pfs-counties",
    [["COUNTIES INCLUDED IN 2025 LOCALITIES."],
     ["Medicare Adminstrative Contractor", "Locality Number", "State ", "Fee Schedule Area ", "Counties"]],
    [[carrier.lstrip("0"), str(int(locality)), "ALABAMA " if at == 0 else "", f"AREA {at}", "ALL COUNTIES"]
     for at, (carrier, locality) in enumerate(_localities())],
)  # fmt: skip
OPPSCAP = Sample(
    "OPPSCAP_Oct_2025", "pfs-oppscap",
    [["HCPCS", "MOD", "PROCSTAT", "CARRIER", "LOCALITY", "FACILITY PRICE", "NON-FACILTY PRICE"]],
    [["0633T", "TC", "A", carrier, locality, f"{100 + at}.{at % 100:02d}", f"{100 + at}.{at % 100:02d}"]
     for at, (carrier, locality) in enumerate(_localities())],
)  # fmt: skip
ANES = Sample(
    "ANES2025", "anesthesia-factors",
    [["Contractor", "Locality", "Locality Name", "National Anes CF of 20.3178"]],
    [[f"{carrier} ", f"{locality} ", "PLACE", f"{18 + at % 7}.{at % 100:02d} "]
     for at, (carrier, locality) in enumerate(_localities())],
)  # fmt: skip
BASE_UNITS = Sample(
    "CY_2022_Base_Units", "anesthesia-units", [["CODE", "2022"], ["", "BASE"], ["", "UNIT"]],
    [[f"{100 + at:05d}", str(3 + at % 20)] for at in range(COUNT)],
)  # fmt: skip


def _opps(at: int, leading: Cells) -> Cells:
    weight, drug = _weight(at), at % 10 == 9
    rate = Decimal(f"{at}.125") if drug else cents(weight * 80)
    copay = (rate / 5).quantize(_CENT, ROUND_CEILING)
    money = f"${rate:,.3f}" if drug else dollars(rate)
    return [*leading, "" if drug else f"{weight}", money, "" if drug else dollars(2 * copay), dollars(copay), "20.000%",
            dollars(copay), "", ""]  # fmt: skip


_OPPS_HEAD = ["Relative Weight ", "Payment Rate ", "National Unadjusted Copayment", "Minimum Unadjusted Copayment",
              "IRA Coinsurance percentage ", "Adjusted Beneficiary Copayment",
              "Drug and Device Pass-Through Expiration during Calendar Year", "Note"]  # fmt: skip
ADDENDUM_A = Sample(
    "2025_NFRM_Addendum_A", "opps-apc",
    [["Addendum A.- OPPS APCs for CY 2025"], ["APC ", "Group Title", "SI", *_OPPS_HEAD]],
    [_opps(at, [f"{701 + at:04d}", "words", "K" if at % 10 == 9 else "J1"]) for at in range(COUNT)],
)  # fmt: skip
ADDENDUM_B = Sample(
    "2025_NFRM_Addendum_B", "opps-rates",
    [["Addendum B.-- OPPS Payment by HCPCS Code for CY 2025"],
     ["HCPCS Code", "Short Descriptor", " CI", " SI", " APC ", *_OPPS_HEAD]],
    [_opps(at, [_code(at), "words", "", "K" if at % 10 == 9 else "J1", f"{5000 + at}"]) for at in range(COUNT)],
)  # fmt: skip
ADDENDUM_B_WEB = replace(
    ADDENDUM_B, file="2025_april_web_addendum_b",
    head=[["Addendum B.-OPPS Payment by HCPCS Code for April 2025"], ADDENDUM_B.head[1]],
)  # fmt: skip
ADDENDUM_C = Sample(
    "2025_NFRM_Addendum_C", "opps-members",
    [["Addendum C. -Final HCPCS Codes Payable Under the 2025 OPPS by APC"],
     ["APC", "HCPCS", "Group Title", "Short Descriptor", "SI", *_OPPS_HEAD]],
    [row for at in range(COUNT // 2)
     for row in (_opps(at, [f"{5000 + at}", "", "words", "", "J1"]),
                 [f"{5000 + at}", _code(at), "", "words", *[""] * 9])],
)  # fmt: skip
ADDENDUM_L = Sample(
    "2025_Addendum_L", "opps-outmigration",
    [["ADDENDUM L - FINAL RULE CY 2025 OPPS OUT MIGRATION ADJUSTMENT"],
     ["CCN", "Geographic CBSA", "Reclassification for CY 2025", "Out-Migration Adjustment", "County Name",
      "FIPS County Code"]],
    [[f"{10006 + at:06d}", "01", "Y" if at % 2 else "", f"0.{100 + at:04d}", "WORDS", f"{1077 + at:05d}"]
     for at in range(COUNT)],
)  # fmt: skip
DEVICES = Sample(
    "2025_Addendum_P", "opps-devices",
    [["File Description: HCPCS codes designated as device-intensive procedures"],
     ["HCPCS", "Short Descriptor", "SI", "APC", "APC Device Offset Percentage", "Final CY 2025 APC Payment Rate",
      "Device Offset Percentage", "Device Offset Amount"]],
    [[_code(at), "words", "J1", "5114", "25.07%", dollars(Decimal(1000 + at)), "40.00%",
      dollars((1000 + at) * Decimal("0.4"))] for at in range(COUNT)],
)  # fmt: skip


def _asc(at: int, leading: Cells, following: Cells) -> Cells:
    return [_code(at), "", "words", *leading, "G2", f"{_weight(at)}", dollars(cents(_weight(at) * 50)), *following]


ADDENDUM_AA = Sample(
    "asc/20251001/AA", "asc-procedures",
    [["Addendum AA -- ASC Covered Surgical Procedures for CY 2025"], [""],
     ["HCPCS Code", "", "Short Descriptor", "Subject to Multiple Procedure Discounting",
      "October 2025 Payment Indicator", "October 2025  Payment Weight  ", "October 2025 Payment Rate "]],
    [_asc(at, ["Y" if at % 2 else "N"], []) for at in range(COUNT)],
)  # fmt: skip
ADDENDUM_AA_RULE = Sample(
    "2025_FR_Addendum_AA", "asc-procedures",
    [["Addendum AA -- Final ASC Covered Surgical Procedures for CY 2025"],
     ["HCPCS Code", "", "Short Descriptor", "Subject to Multiple Procedure Discounting",
      "Final CY 2025 Payment Indicator", "Final CY 2025 Payment Weight", "Final CY 2025 Payment Rate"]],
    ADDENDUM_AA.rows,
)  # fmt: skip
ADDENDUM_BB = Sample(
    "asc/20251001/BB", "asc-ancillaries",
    [["Addendum BB -- ASC Covered Ancillary Services for CY 2025"],
     ["HCPCS Code", "", "Short Descriptor", "Drug and Device Pass-Through Expiration during Calendar Year",
      "October 2025 Payment Indicator", "October 2025 Payment Weight  ", "October 2025 Payment Rate ",
      "October 2025 IRA-22 Adjusted Copayment1"]],
    [_asc(at, [""], [""]) for at in range(COUNT)],
)  # fmt: skip
ADDENDUM_EE = Sample(
    "asc/20251001/EE", "asc-excluded",
    [["Addendum EE -- Surgical Procedures to be Excluded from Payment in ASCs for CY 2025"],
     ["HCPCS Code", "Short Descriptor"]],
    [[_code(at), "words"] for at in range(COUNT)],
)  # fmt: skip
ADDENDUM_FF = Sample(
    "asc/20251001/FF", "asc-offsets",
    [["Addendum FF -- ASC Device Offset Percentages for CY 2025"],
     ["HCPCS Code", "", "Short Descriptor", "October 2025 Payment Indicator", "October 2025 APC",
      "October 2025 OPPS Payment Rate", "October 2025 Device Offset Percentage",
      "October 2025 Device Offset Amount / Device Portion"]],
    [[_code(at), "", "words", "J8", "5114", dollars(Decimal(1000 + at)), "40.00%",
      dollars((1000 + at) * Decimal("0.4"))] for at in range(COUNT)],
)  # fmt: skip


def _wages(year: int, *names: str) -> Sample:
    cells = {"CBSA": "{n}", "CBSA Name": "PLACE{n}", f"WI{year}": "{w}"}
    rows = [
        [cells[name].format(n=10020 + 20 * (at // 2), w=f"0.{5000 + 7 * at}") for name in names] for at in range(COUNT)
    ]
    return Sample(f"wage_index_20{year}", "asc-wages", [list(names)], rows)


WAGES_24, WAGES_25 = _wages(24, "CBSA", "WI24", "CBSA Name"), _wages(25, "CBSA", "CBSA Name", "WI25")
CLFS = Sample(
    "CLFS_2025_Q2V1", "clfs-rates",
    [["2025 Clinical Diagnostic Laboratory Fee Schedule "],
     ["YEAR", "HCPCS", "MOD", "EFF_DATE", "INDICATOR", "RATE", "SHORTDESC", "LONGDESC", "EXTENDED LONGDESC"]],
    [["2025", _code(at // 2), "QW" if at % 2 else "", "20250101", "N", f"{at + 1:05d}.{at % 100:02d}", "words", "words",
      "more words, and more"] for at in range(COUNT)],
)  # fmt: skip
ASP = Sample(
    "section 508 version of ASP Pricing File", "asp-limits",
    [["Payment Allowance Limits for Medicare Part B Drugs"], ["Effective January 1, 2025 through March 31, 2025"],
     ["HCPCS Code", "Short Description", "HCPCS Code Dosage", "Payment Limit", "Co-insurance Percentage",
      "Vaccine AWP%", "Vaccine Limit", "Blood AWP%", "Blood limit", "Clotting Factor", "Notes", ""]],
    [[f"J{100 + at:04d}", "words", "1 MG", f"{at}.{100 + at}", "20.000", "", "", "", "", "", "", ""]
     for at in range(COUNT)],
)  # fmt: skip
_STATES = ("AL", "AR", "AK")


def _equipment(at: int, leading: Cells) -> Cells:
    pairs = [cell for _ in _STATES for cell in (f"{100 + at}.50", f"{110 + at}.25" if at % 2 else "0.00")]
    return [f"E{100 + at:04d}", "NU" if at % 3 else "", "", *leading, *pairs, "words"]


DMEPOS = Sample(
    "DMEPOS_JAN", "dmepos-fees",
    [["Durable Medical Equipment,"], ["January 2025 Fee Schedule"],
     ["HCPCS", "Mod", "Mod2", "JURIS", "CATG", "Ceiling", "Floor",
      *(f"{state} ({area})" for state in _STATES for area in ("NR", "R")), "Description"]],
    [_equipment(at, ["D", "IN", f"{100 + at}.60", f"{100 + at}.40"]) for at in range(COUNT)],
)  # fmt: skip
DMEPEN = Sample(
    "DMEPEN_JAN", "dmepos-nutrition",
    [["2025 Parenteral and Enteral Nutrition  Items and Services (PEN) Fee Schedule"], ["January 2025 Fee Schedule"],
     ["HCPCS", "MOD", "MOD2", *(f"{state}({area})" for state in _STATES for area in ("NR", "R")), "Desc"]],
    [_equipment(at, []) for at in range(COUNT)],
)  # fmt: skip


def _drg(at: int) -> Cells:
    return [f"{1 + at:03d}", f"{1 + at}.{1000 + at}", f"{2 + at % 9}.{at % 10}", f"{12 + at % 9}.{at % 10}"]


DRG = Sample(
    "ipps_fy2026/drgstable-2026", "ipps-drg",
    [["drg", "effective_date", "weight", "gmlos", "amlos", "post_acute_transfer", "special_pay_transfer"]],
    [[*_drg(at)[:1], "20251001", *_drg(at)[1:], "Y" if at % 2 else "", ""] for at in range(COUNT)],
)  # fmt: skip
TABLE_5 = Sample(
    "Table 5", "ipps-drg",
    [["TABLE 5.\u2014LIST OF MS-DRGS, RELATIVE WEIGHTING FACTORS, AND MEAN LENGTH OF STAY\u2014FY 2026 Final Rule"],
     ["MS-DRG ", "FY 2026 Final Post-Acute DRG", "FY 2026 Final Special Pay DRG", "MDC", "TYPE", "MS-DRG Title",
      "Weights - Before Cap", "Weights - 10% Cap Applied ", "Geometric mean LOS", "Arithmetic mean LOS"]],
    [[_drg(at)[0], "Yes" if at % 2 else "No", "No", "01", "SURG", "WORDS", "9.9999", *_drg(at)[1:]]
     for at in range(COUNT)],
)  # fmt: skip
IPPS_RATES = Sample(
    "ratex-2026", "ipps-rates", [["table", "labor", "nonlabor"]],
    [[f"tab{1 + at}", f"{4000 + at}.57", f"{1800 + at}.74"] for at in range(10)],
)  # fmt: skip
OWN = Sample(
    "rates 2025", "own-fees", [["Code", "Modifier", "Setting", "Amount", "Effective", "Ends", "Notes"]],
    [[_code(at // 2), "26" if at % 2 else "", "office", f"${1000 + at:,}", "2025-01-01", "2025-12-31", "words"]
     for at in range(COUNT)],
)  # fmt: skip
OWN_SETTINGS = Sample(
    "rates 2025", "own-settings", [["HCPCS Code", "Mod", "Non-Facility", "Facility", "Description"]],
    [[_code(at), "", f"{100 + at}.25", f"{60 + at}.75", "words"] for at in range(COUNT)],
)  # fmt: skip
ALL = {name: value for name, value in list(globals().items()) if isinstance(value, Sample)}
