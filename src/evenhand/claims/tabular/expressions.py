"""SQL expressions that turn the text of a cell into what its target is: one small function for each kind."""

from __future__ import annotations

from evenhand.claims.tabular.grid import Grid
from evenhand.claims.tabular.layout import TARGETS, Cell, Layout

#: Codes and numbers as everybody else writes them.
_TIDY = {
    "billing_tin": r"nullif(regexp_replace({x}, '\D', '', 'g'), '')",
    "revenue_center_code": r"case when regexp_full_match({x}, '\d{{1,3}}') then lpad({x}, 4, '0') else {x} end",
    "bill_type_code": r"case when regexp_full_match({x}, '0\w{{3}}') then substr({x}, 2) else {x} end",
    "place_of_service_code": r"case when regexp_full_match({x}, '\d') then '0' || {x} else {x} end",
    **dict.fromkeys(
        ("drg_code", "ms_drg_code", "apr_drg_code"),
        r"case when regexp_full_match({x}, '\d{{1,2}}') then lpad({x}, 3, '0')"
        r" when regexp_full_match({x}, '\d{{3}}-[1-4]') then replace({x}, '-', '') else {x} end",
    ),
    "drg_code_type": "lower({x})",
    "claim_type": "case when lower({x}) in ('professional', 'institutional', 'dental') then lower({x}) end",
    "hcpcs_code": "upper({x})",
    "ndc_code": "replace({x}, '-', '')",
}
_UPPER = ("hcpcs_modifier_", "diagnosis_code_", "procedure_code_", "diagnosis_poa_")


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def cell(cell: Cell, grid: Grid) -> str:
    """The text of a cell: its column or constant, trimmed, empty as null, values replaced."""
    if cell.value is not None:
        return quoted(cell.value)
    position = None if cell.column is None else grid.position(cell.column)
    if position is None:
        return "cast(null as varchar)"
    text = f"nullif(trim(c{position}), '')"
    if not cell.values:
        return text
    cases = " ".join(f"when {quoted(said)} then {quoted(meant)}" for said, meant in cell.values.items())
    return f"case {text} {cases} else {text} end"


def typed(name: str, layout: Layout) -> str:
    """The value of a target, from the text column of its name; null where the text is not one."""
    kind = TARGETS[name].kind
    if kind == "money":
        return f"whole_cents({full_amount(name, layout)})"
    if kind == "date":
        return f"sane_day(cast(try_strptime(day_text({name}), {date_formats(name, layout)}) as date))"
    macros = {"quantity": "quantity", "count": "ordinal", "zip": "zip_code"}
    return f"{macros[kind]}({name})" if kind in macros else _tidy(name)


def full_amount(name: str, layout: Layout) -> str:
    """An amount with all the decimals it was written with."""
    return f"{layout.money}_amount({name})"


def date_formats(name: str, layout: Layout) -> str:
    """The list of formats a date may have."""
    own = layout.cells[name].format if name in layout.cells else None
    return "[" + ", ".join(quoted(form) for form in ((own,) if own else layout.dates)) + "]"


def _tidy(name: str) -> str:
    if name.startswith(_UPPER):
        bare = f"upper({name})"
        return f"replace({bare}, '.', '')" if "_code_" in name and "type" not in name else bare
    return _TIDY.get(name, "{x}").format(x=name)
