"""A first mapping for a table nobody has described: guessed from its headings and the look of its values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from evenhand.claims.recognise import looks_like_x12
from evenhand.claims.sources import Source, content
from evenhand.claims.tabular import TARGETS, Grid, open_grid
from evenhand.claims.tabular.grid import plain_heading, read_head
from evenhand.claims.tabular.rows import Rows
from evenhand.errors import ReadError

#: Headings people use, reduced to letters and digits.
_HEADINGS: dict[str, str] = {
    "claim_id": "claimid claimno claimnumber claimnum claim clmno clmid patientcontrolnumber pcn icn accountnumber",
    "claim_line_number": "claimlinenumber lineno linenumber linenum line lineid servicelinenumber seq sequence lnno",
    "claim_type": "claimtype type formtype",
    "payer": "payer payername insurance insurancename insurer carrier payor payorname healthplan primarypayer",
    "payer_id": "payerid payorid carrierid",
    "product": "product productline lob lineofbusiness plantype producttype",
    "plan": "plan planname benefitplan",
    "group_number": "group groupno groupnumber groupid policynumber",
    "network": "network networkname pponetwork repricer",
    "member_id": "memberid member memberno membernumber subscriberid subscriber insuredid mbrid",
    "person_id": "patientid personid mrn patient patientno medicalrecordnumber",
    "patient_birth_date": "dob birthdate patientdob dateofbirth patientbirthdate",
    "patient_sex": "sex gender patientsex",
    "billing_npi": "billingnpi billnpi billingprovidernpi npi groupnpi",
    "billing_tin": "tin taxid billingtin tinnumber ein federaltaxid",
    "billing_zip": "billingzip billingzipcode billingproviderzip billingproviderzipcode billzip providerzip",
    "rendering_npi": "renderingnpi rendnpi renderingprovidernpi providernpi servicingnpi",
    "facility_npi": "facilitynpi servicefacilitynpi",
    "facility_zip": "facilityzip facilityzipcode servicefacilityzip servicefacilityzipcode servicezip servicezipcode "
    "servicelocationzip servicelocationzipcode poszip poszipcode placeofservicezip zipofservice zipofplaceofservice",
    "place_of_service_code": "pos placeofservice placeofservicecode poscode",
    "bill_type_code": "tob billtype typeofbill billtypecode",
    "drg_code": "drg msdrg drgcode",
    "drg_severity": "drgseverity severity soi severityofillness aprsoi aprseverity",
    "claim_start_date": "claimstartdate fromdate statementfrom admitfrom claimfromdate",
    "claim_end_date": "claimenddate thrudate throughdate statementthrough claimthrudate",
    "claim_line_start_date": "dos dateofservice servicedate svcdate fromdos dosfrom servicefrom servicefromdate",
    "claim_line_end_date": "dosto todos serviceto servicetodate todate linethrudate",
    "admission_date": "admitdate admissiondate admdate",
    "discharge_date": "dischargedate dischdate",
    "revenue_center_code": "rev revcode revenuecode revenuecentercode revcd",
    "hcpcs_code": "cpt cptcode hcpcs hcpcscode cpthcpcs procedure procedurecode proc proccode servicecode",
    "hcpcs_modifier_1": "mod modifier mod1 modifier1 modifierone",
    "hcpcs_modifier_2": "mod2 modifier2",
    "hcpcs_modifier_3": "mod3 modifier3",
    "hcpcs_modifier_4": "mod4 modifier4",
    "service_unit_quantity": "units unit qty quantity unitsbilled billedunits",
    "charge_amount": "charge charges billed billedamount billedamt chargeamt totalcharge totalcharges amountbilled",
    "allowed_amount": "allowed allowedamount allowedamt contractallowed eligibleamount amountallowed",
    "paid_amount": "paid paidamount paidamt payment paymentamount insurancepaid planpaid amountpaid netpaid",
    "deductible_amount": "deductible deductibleamount ded dedamt",
    "coinsurance_amount": "coinsurance coins coinsuranceamount coinsamt",
    "copayment_amount": "copay copayment copayamount copaymentamount copayamt",
    "paid_date": "paiddate paymentdate checkdate remitdate datepaid",
    "ndc_code": "ndc ndccode",
    "invoice_amount": "invoice invoiceamount invoicecost invoiceprice implantcost implantinvoice acquisitioncost",
    "data_source": "datasource source",
    **{f"diagnosis_code_{n}": f"dx{n} diag{n} diagnosis{n} icd{n} icd10{n} dxcode{n}" for n in range(1, 13)},
}  # fmt: skip
_FIRST_DIAGNOSIS = "dx diag diagnosis diagnosiscode primarydx principaldiagnosis icd10 icd primarydiagnosis"
_IMPORTANT = (
    "claim_id", "charge_amount", "claim_type", "payer", "hcpcs_code", "claim_line_start_date", "billing_npi",
    "billing_tin", "service_unit_quantity", "allowed_amount", "paid_amount",
)  # fmt: skip
_DATE_FORMS = ("%Y-%m-%d", "%m/%d/%Y", "%Y%m%d", "%m/%d/%y", "%d.%m.%Y", "%m-%d-%Y", "%d-%b-%Y", "%Y/%m/%d")
_EUROPEAN = re.compile(r"-?\d{1,3}(\.\d{3})*,\d{2}")
_SAMPLE = 200


def draft_mapping(path: Path) -> str:
    """A mapping file for a table: what could be guessed, what is missing, in YAML with comments.

    Raises:
        ReadError: the file cannot be read, needs no mapping, or is no table.
    """
    with content(Source(path)) as data:
        if looks_like_x12(read_head(data, 4096)):
            raise ReadError(path, "this is X12 and needs no mapping", "load it as it is")
        grid = _find_header(data)
        if grid is None:
            raise ReadError(path, "no table was found in it", "give a CSV, Excel or Parquet file with headings")
        sample = _sample(data, grid)
    guessed = _guess(grid)
    return "\n".join(_write(path.name, grid, guessed, sample)) + "\n"


def _find_header(data: Path | bytes) -> Grid | None:
    """The row with most headings we know, among the first ten."""
    grids = [grid for row in range(1, 11) if (grid := open_grid(data, header_row=row)) is not None]
    return max(grids, key=lambda grid: (len(_guess(grid)), -grid.header_row), default=None)


def _sample(data: Path | bytes, grid: Grid) -> dict[int, list[str]]:
    """The first values of each column."""
    rows = Rows(data, grid, range(len(grid.columns)))
    found: dict[int, list[str]] = {i: [] for i in range(len(grid.columns))}
    for batch in islice(rows.batches(), 1):
        for i in found:
            found[i] = [text for text in batch[f"c{i}"].slice(0, _SAMPLE).to_pylist() if text]
    return found


def _guess(grid: Grid) -> dict[str, int]:
    """Target → column, by heading; each column is used once."""
    plain = [plain_heading(name) for name in grid.columns]
    guessed: dict[str, int] = {}
    for target in TARGETS:
        names = [plain_heading(target), *_HEADINGS.get(target, "").split()]
        if target == "diagnosis_code_1":
            names += _FIRST_DIAGNOSIS.split()
        found = next((plain.index(name) for name in names if name in plain), None)
        if found is not None and found not in guessed.values():
            guessed[target] = found
    return guessed


def _write(name: str, grid: Grid, guessed: dict[str, int], sample: dict[int, list[str]]) -> Iterator[str]:
    yield f"# A draft: every line was guessed from a heading of {name}. Check each, then load with"
    yield f"#   evenhand load --map THIS-FILE {name}"
    yield f"mapping: {Path(name).stem}"
    if grid.sheet is not None:
        yield f"sheet: {_quoted(grid.sheet)}"
    if grid.header_row != 1:
        yield f"header_row: {grid.header_row}"
    yield f"money: {_money_style(guessed, sample)}    # us 1,234.50; european 1.234,50; cents 123450"
    yield f"dates: {_date_forms(guessed, sample)}"
    yield "columns:"
    for target, i in guessed.items():
        yield f"  {target}: {_cell(target, grid.columns[i])}{_remark(target, sample[i])}"
    yield from _missing(guessed)
    unused = [name for i, name in enumerate(grid.columns) if i not in guessed.values() and name]
    if unused:
        yield f"# Columns not used: {', '.join(unused)}"


def _cell(target: str, column: str) -> str:
    if TARGETS[target].kind == "money":
        return f"{{column: {_quoted(column)}, level: line}}"
    return _quoted(column)


def _remark(target: str, values: Sequence[str]) -> str:
    """What to look at; never a value, which could be a person's."""
    if TARGETS[target].kind == "money":
        return "    # level: claim, if it is the claim's amount repeated on each line"
    if target == "claim_type" and not {v.lower() for v in values} <= {"professional", "institutional", "dental"}:
        return "    # {column: …, values: {…: professional}} if it says it otherwise"
    return "" if values else "    # empty in the first rows"


def _missing(guessed: dict[str, int]) -> Iterator[str]:
    for target in _IMPORTANT:
        if target not in guessed and not (target == "claim_line_start_date" and "claim_start_date" in guessed):
            constant = "{value: professional}" if target == "claim_type" else "COLUMN"
            yield f"  # {target}: {constant}    # not found: {TARGETS[target].meaning}"


def _money_style(guessed: dict[str, int], sample: dict[int, list[str]]) -> str:
    amounts = [v for target, i in guessed.items() if TARGETS[target].kind == "money" for v in sample[i]]
    european = [v for v in amounts if _EUROPEAN.fullmatch(v.strip())]
    return "european" if amounts and len(european) * 2 > len(amounts) else "us"


def _date_forms(guessed: dict[str, int], sample: dict[int, list[str]]) -> str:
    days = [v for target, i in guessed.items() if TARGETS[target].kind == "date" for v in sample[i]]
    fitting = [form for form in _DATE_FORMS if any(_is_day(v, form) for v in days)]
    return "[" + ", ".join(_quoted(form) for form in (fitting or _DATE_FORMS[:3])) + "]"


def _is_day(text: str, form: str) -> bool:
    try:
        return 1900 <= datetime.strptime(text.split("T")[0].split(" ")[0], form).year <= 2100
    except ValueError:
        return False


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
