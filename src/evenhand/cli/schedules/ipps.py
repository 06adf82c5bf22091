"""`evenhand schedules ipps`: inpatient stays priced as Medicare pays them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.output import OutFile, emit
from evenhand.documents.sheet import Field, Sheet
from evenhand.documents.words import counted
from evenhand.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

    from evenhand.schedules.ipps import Year

_FORMATS = (".xlsx", ".csv", ".parquet")
#: Claims shown one by one; of more, the sums alone are.
_SHOWN = 20
_WORDS = {
    "operating_amount": "Operating payment by weight",
    "dsh_amount": "Disproportionate share",
    "ime_amount": "Indirect medical education",
    "outlier_amount": "Operating outlier",
    "capital_amount": "Capital payment by weight",
    "capital_dsh_amount": "Capital disproportionate share",
    "capital_ime_amount": "Capital indirect medical education",
    "capital_outlier_amount": "Capital outlier",
    "uncompensated_care_amount": "Uncompensated care",
    "new_technology_amount": "New technology",
    "hrrp_amount": "Readmission reduction",
    "vbp_amount": "Value-based purchasing",
    "hac_amount": "Hospital-acquired conditions",
    "total_amount": "Total",
}
_SUMS = (Field("component", "Component"), Field("claims", "Claims", "count"), Field("amount", "Amount", "money"))
_OUTCOMES = (
    Field("outcome", "Outcome"),
    Field("return_code", "Code"),
    Field("claims", "Claims", "count"),
    Field("charge_amount", "Charges", "money"),
    Field("total_amount", "Payment", "money"),
)
_TEXTS = ("claim_id", "provider", "drg", "review_code", "outcome", "return_code")
_NUMBERS = ("length_of_stay", "weight", "transfer_fraction")
_BRIEF = (
    Field("claim_id", "Claim"),
    Field("drg", "DRG"),
    Field("length_of_stay", "Days", "count"),
    Field("charge_amount", "Charges", "money"),
    Field("outcome", "Outcome"),
    Field("return_code", "Code"),
    Field("total_amount", "Payment", "money"),
)


@click.command()
@click.argument("claims", type=click.Path(path_type=Path))
@click.option("--drgs", "drgs_path", required=True, type=click.Path(path_type=Path), help="The DRG table of the year.")
@click.option("--year", type=int, help="Fiscal year of discharge (2026 began on 1 October 2025).")
@click.option("--constants", type=click.Path(path_type=Path), help="A year's constants of your own: fy2020.csv.")
@click.option("--hospitals", "hospitals_path", type=click.Path(path_type=Path), help="The hospitals the claims name.")
@click.option("--out", type=OutFile(), help="Write every claim with its components: .xlsx, .csv or .parquet.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, every claim in it, instead of tables.")
def ipps(
    claims: Path,
    drgs_path: Path,
    year: int | None,
    constants: Path | None,
    hospitals_path: Path | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Price inpatient stays as Medicare does (IPPS), to the cent.

    CLAIMS is a table with the columns drg, length_of_stay and charges; and provider, with --hospitals, or else the
    hospital's own columns on each row. Claims without a price are counted by reason; they are never priced at zero.
    """
    from evenhand.schedules.ipps import price_ipps, read_drgs, read_hospitals
    from evenhand.schedules.ipps.claims import read_claims

    if out is not None and out.suffix not in _FORMATS:
        raise UsageError(f"--out {out}: end the name in {', '.join(_FORMATS)}")
    known = _year(year, constants)
    hospitals = read_hospitals(hospitals_path) if hospitals_path else []
    table, hospitals = read_claims(claims, hospitals)
    priced = price_ipps(table, hospitals, read_drgs(drgs_path, known.year), known).arrow()
    if out is not None:
        _write(priced, out)
    emit(_sheets(priced, known, everything=as_json), as_json=as_json)


def _year(year: int | None, constants: Path | None) -> Year:
    from evenhand.schedules.ipps import constants_of

    named = [one for one in (year, constants) if one is not None]
    if len(named) != 1:
        raise UsageError("say the fiscal year with --year, or give its constants with --constants; one of them")
    return constants_of(named[0])


def _sheets(priced: pa.Table, year: Year, *, everything: bool) -> list[Sheet]:
    rows = priced.to_pylist()
    sheets = [_outcomes(rows, year), _components(rows)]
    if everything or len(rows) <= _SHOWN:
        fields = _fields(priced.column_names) if everything else _BRIEF
        sheets.append(Sheet("claims", "Claims", fields, rows, empty="There are no claims."))
    return sheets


def _outcomes(rows: Sequence[dict[str, Any]], year: Year) -> Sheet:
    """Claims by outcome and return code, those without a price last."""
    groups: dict[tuple[bool, str, str], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["outcome"] != "priced", row["return_code"], row["outcome"]), []).append(row)
    found = [
        {
            "outcome": outcome,
            "return_code": code,
            "claims": len(members),
            "charge_amount": _sum(members, "charge_amount"),
            "total_amount": None if without else _sum(members, "total_amount"),
        }
        for (without, code, outcome), members in sorted(groups.items(), key=lambda group: group[0])
    ]
    title = f"Medicare inpatient payment, fiscal year {year.year}"
    note = f"{counted(len(rows), 'claim')}; constants of the year: {year.sure}. Codes are those of CMS's pricer."
    return Sheet("outcomes", title, _OUTCOMES, found, note, "There are no claims.")


def _components(rows: Sequence[dict[str, Any]]) -> Sheet:
    found = []
    for name, words in _WORDS.items():
        paid = [row for row in rows if row[name]]
        if paid:
            found.append({"component": words, "claims": len(paid), "amount": _sum(paid, name)})
    return Sheet("components", "What the payments are made of", _SUMS, found, empty="No claim has a price.")


def _sum(rows: Sequence[dict[str, Any]], name: str) -> Decimal:
    return sum((row[name] for row in rows if row[name] is not None), Decimal("0.00"))


def _fields(names: Sequence[str]) -> tuple[Field, ...]:
    return tuple(Field(name, name.replace("_amount", "").replace("_", " "), _kind(name)) for name in names)


def _kind(name: str) -> Any:
    if name in _TEXTS:
        return "text"
    return "number" if name in _NUMBERS else "money"


def _write(priced: pa.Table, out: Path) -> None:
    if out.suffix == ".parquet":
        from pyarrow import parquet

        parquet.write_table(priced, out)
        click.echo(f"Wrote {out}", err=True)
        return
    sheet = Sheet("claims", "Claims priced", _fields(priced.column_names), priced.to_pylist())
    if out.suffix == ".xlsx":
        emit([sheet], xlsx_path=out)
    else:
        emit([sheet], csv_path=out)
