"""Stays of contracts that name a grouper version, grouped by it before their services are looked at."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from evenhand.claims.grouping import GROUPS, Grouper, group_stays
from evenhand.engines import Engine

_STAYS = """
select c.claim_key, c.age, c.patient_sex, c.discharge_status, v.grouper
from service_claims as c
inner join chosen_claims as w on w.claim_key = c.claim_key
inner join contract_versions as v on v.version_key = w.version_key and v.grouper is not null
where c.claim_type = 'institutional' and (c.drg_code is not null or c.bill_type_code like '11%')
order by v.grouper, c.claim_key
"""
_CODES = """
select claim_key, position, kind, code, present_on_admission
from diagnoses
where kind in ('diagnosis', 'admitting', 'procedure')
"""


def group_claims(engine: Engine) -> pa.Table:
    """The DRG of each stay whose contract version names a grouper.

    A stay without a diagnosis or an age cannot be grouped at all: it is left out, and the DRG billed counts.

    Raises:
        PricingError: The grouper is not installed, or does not know a version that a contract names.
    """
    stays = engine.arrow(_STAYS).to_pylist()
    if not stays:
        return GROUPS.empty_table()
    keys = {stay["claim_key"] for stay in stays}
    codes = [row for row in engine.arrow(_CODES).to_pylist() if row["claim_key"] in keys]
    tables = []
    for name in sorted({stay["grouper"] for stay in stays}):
        alike: list[dict[str, Any]] = [stay for stay in stays if stay["grouper"] == name]
        tables.append(group_stays(alike, codes, Grouper.named(name)))
    groups = pa.concat_tables(tables)
    return groups.filter(pa.compute.is_valid(groups["mdc_code"]))
