"""The queries that make claims, lines and diagnoses of the rows of a table."""

from __future__ import annotations

from evenhand.claims.schema import CLAIMS, LINES
from evenhand.claims.tabular.expressions import cell, typed
from evenhand.claims.tabular.grid import Grid
from evenhand.claims.tabular.layout import MOST_CODES, TARGETS, Layout

_CODED = ("diagnosis_code_", "diagnosis_poa_", "procedure_code_", "procedure_date_")


#: Money a claim has a column for.
_CLAIM_MONEY = ("charge_amount", "repriced_allowed_amount")


def cells_query(layout: Layout, grid: Grid) -> str:
    """Every target as text, by row; ``null`` where the table does not have it."""
    columns = [
        f"{cell(layout.cells[name], grid) if name in layout.cells else 'cast(null as varchar)'} as {name}"
        for name in TARGETS
    ]
    return f"create or replace temp view cells as select row_no, {', '.join(columns)} from staged"


#: Lines of one claim bear its number and source; the row it first appears in stands for it.
HEADS = """create or replace temp table heads as
select claim_id, data_source, min(row_no) as first_row, count(*) as line_count
from cells where claim_id is not null group by claim_id, data_source"""


def typed_query(layout: Layout) -> str:
    """Every target as what it is, with the first row and the number of lines of its claim."""
    columns = [f"{typed(name, layout)} as {name}" for name in TARGETS if not name.startswith(_CODED)]
    return f"""create or replace temp table typed as
    select row_no, coalesce(first_row, row_no) as first_row, coalesce(line_count, 1) as line_count, {", ".join(columns)}
    from cells left join (select claim_id as head_id, data_source as head_source, first_row, line_count from heads)
      on claim_id = head_id and data_source is not distinct from head_source"""


def lines_query(layout: Layout, base: int, *, numbered: bool) -> str:
    """The ``lines`` table. Money of the claim stands on its first line, its charge only where that is its only line."""
    position = "row_number() over (partition by first_row order by row_no)"
    own = {
        "line_key": f"{base} + row_no",
        "claim_key": f"{base} + first_row",
        "claim_line_number": "claim_line_number" if numbered else f"coalesce(claim_line_number, {position})",
        "code_qualifier": "coalesce(code_qualifier, case when hcpcs_code is not null then 'HC' end)",
        "claim_line_start_date": "coalesce(claim_line_start_date, claim_start_date)",
        "claim_line_end_date": "coalesce(claim_line_end_date, claim_line_start_date, claim_end_date)",
    }
    for column in LINES.columns:
        if _level(column.name, layout) == "claim":
            condition = "line_count = 1" if column.name == "charge_amount" else "row_no = first_row"
            own[column.name] = f"case when {condition} then {column.name} end"
    columns = [f"cast({own.get(c.name, c.name)} as {_sql_type(str(c.type))}) as {c.name}" for c in LINES.columns]
    return f"select {', '.join(columns)} from typed"


def claims_query(layout: Layout, base: int) -> str:
    """The ``claims`` table: the first value each column has among a claim's rows; charges summed."""
    by_claim = [name for name in _CLAIM_MONEY if _level(name, layout) == "claim"]
    drg = "coalesce(drg_code, ms_drg_code, apr_drg_code)"
    drg_type = """case when drg_code is not null then drg_code_type when ms_drg_code is not null then 'ms-drg'
      when apr_drg_code is not null then 'apr-drg' end"""
    own = {
        "claim_key": f"{base} + first_row",
        "file_id": str(base),
        "byte_offset": "null",
        "byte_length": "null",
        "charge_amount": "sum(charge_amount)",
        "repriced_allowed_amount": "null",
        "claim_start_date": "coalesce(arg_min(claim_start_date, row_no), min(claim_line_start_date))",
        "claim_end_date": "coalesce(arg_min(claim_end_date, row_no), max(claim_line_end_date))",
        "drg_code": f"arg_min({drg}, row_no)",
        "drg_code_type": f"arg_min({drg_type}, row_no)",
    } | {name: f"arg_min({name}, row_no)" for name in by_claim}
    columns = [
        f"cast({own.get(c.name, f'arg_min({c.name}, row_no)')} as {_sql_type(str(c.type))}) as {c.name}"
        for c in CLAIMS.columns
    ]
    return f"select {', '.join(columns)} from typed group by first_row"


def diagnoses_query(layout: Layout, base: int) -> str | None:
    """The ``diagnoses`` table: each code of a claim once, in the order of its first appearance."""
    parts = [_codes(kind, layout) for kind in ("diagnosis", "procedure") if f"{kind}_code_1" in layout.cells]
    if not parts:
        return None
    return f"""with said as ({" union all ".join(parts)}),
    claimed as (select coalesce(first_row, row_no) as first_row, said.* exclude (claim_id, data_source)
      from said left join heads
        on said.claim_id = heads.claim_id and said.data_source is not distinct from heads.data_source),
    once as (select first_row, kind, code, min(row_no * 32 + number) as place, arg_min(code_type, row_no) as code_type,
      arg_min(poa, row_no) as poa, arg_min(day, row_no) as day from claimed group by first_row, kind, code)
    select cast({base} + first_row as bigint) as claim_key,
      cast(row_number() over (partition by first_row, kind order by place, code) as integer) as position, kind,
      coalesce(code_type, case kind when 'procedure' then 'icd-10-pcs' else 'icd-10-cm' end) as code_type,
      code, poa as present_on_admission, day as procedure_date from once"""


def _codes(kind: str, layout: Layout) -> str:
    """One row for each code a row bears."""
    numbers = [n for n in range(1, MOST_CODES + 1) if f"{kind}_code_{n}" in layout.cells]
    codes = ", ".join(f"{kind}_code_{n}" for n in numbers)
    other = ", ".join(f"{'diagnosis_poa' if kind == 'diagnosis' else 'procedure_date'}_{n}" for n in numbers)
    day = typed("procedure_date_1", layout).replace("procedure_date_1", "other")
    return f"""select row_no, claim_id, data_source, '{kind}' as kind, number, upper(replace(code, '.', '')) as code,
      lower(code_type) as code_type, {"upper(other)" if kind == "diagnosis" else "null"} as poa,
      {day if kind == "procedure" else "cast(null as date)"} as day
    from (select row_no, claim_id, data_source, {kind}_code_type as code_type, unnest({numbers}) as number,
      unnest([{codes}]) as code, unnest([{other}]) as other from cells) where code is not null"""


def _level(name: str, layout: Layout) -> str | None:
    """The level a money target was said to have; ``None`` for all that is not money."""
    if name in layout.cells and TARGETS[name].kind == "money":
        return layout.cells[name].level
    return None


def _sql_type(arrow_type: str) -> str:
    return {"int64": "bigint", "int32": "integer", "string": "varchar", "date32[day]": "date"}.get(
        arrow_type, arrow_type.replace("decimal128", "decimal")
    )
