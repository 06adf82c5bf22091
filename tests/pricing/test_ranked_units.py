"""Units are ranked from what is kept alone: joins within joins make DuckDB 2.0 fail, and close the database."""

from __future__ import annotations

from pathlib import Path

import evenhand.pricing
from evenhand.engines import DuckDB, read_steps

STEPS = Path(evenhand.pricing.__file__).parent / "steps" / "6_procedures"
KEY = "cast(hash(i * {}) % 1000000000 as bigint) as line_key"
#: Few lines beside many answers, one ranking, families and included lines: of other sizes the joins are other ones.
TABLES = {
    "line_fees": f"""
        select
            {KEY.format(1)}, cast(hash(i // 3 + 777) % 1000000000 as bigint) as claim_key,
            cast(hash(i, 94) % 3 as int) as line_no,
            date '2024-01-01' + cast(hash(i, 6) % 3 as int) as service_day,
            cast(case when hash(i, 5) % 3 = 0 then 2 else 1 end as decimal(18, 3)) as units,
            cast(hash(i, 20) % 100000 as decimal(18, 2)) as charge_amount,
            cast(hash(i, 7) % 600 + 1 as bigint) as answer_key, hash(i, 97) % 10 < 3 as ranks,
            cast(hash(i, 28) % 1000 as decimal(18, 2)) as fee_amount
        from range(30) as t(i)""",
    "answers": """
        select
            i + 1 as answer_key, cast(case when hash(i, 9) % 10 < 9 then 1 end as bigint) as ranking_key, true as apart,
            cast(hash(i, 33) % 100000 as decimal(18, 2)) as unit_fee, cast(null as decimal(18, 2)) as unit_rate,
            cast(hash(i, 27) % 1000 as decimal(19, 6)) as held_fee,
            cast(case when hash(i, 5) % 3 = 0 then 2 else 1 end as decimal(18, 3)) as most_units
        from range(600) as t(i)""",
    "contract_rankings": """
        select cast(1 as bigint) as ranking_key, true as by_claim, true as each_unit, false as by_part from range(1)""",
    "contract_unit_rankings": "select cast(1 as bigint) as ranking_key from range(1)",
    "answer_weights": """
        select i * 3 + 1 as answer_key, cast(hash(i, 37) % 3 as decimal(18, 4)) as weight from range(200) as t(i)""",
    "included_lines": f"select {KEY.format(2)} from range(30) as t(i)",
    "family_fees": f"""
        select {KEY.format(3)}, line_key as head_key, cast(hash(i, 72) % 100000 as decimal(18, 2)) as total_amount
        from range(10) as t(i)""",
    "unpaid_beside": f"select {KEY.format(1)} from range(0) as t(i)",
}


def test_units_are_ranked_where_joins_within_joins_would_fail() -> None:
    engine = DuckDB()
    for name, rows in TABLES.items():
        engine.connection.execute(f"create table {name} as {rows}")
    steps = {step.name: step for step in read_steps(STEPS)}
    engine.run(steps[name] for name in ("ranking_entries", "ranked_entries", "unit_ranks"))
    ranks = engine.arrow("select last_rank from unit_ranks order by line_key").to_pydict()["last_rank"]
    assert (
        ranks
        == engine.arrow("select procedure_rank from ranked_entries order by line_key").to_pydict()["procedure_rank"]
    )
    assert len(ranks) > 1
