-- kept
-- needs contract_parts
-- Lines of rankings of parts, and how many ranks each takes: one, or one for each unit where the contract ranks units.
with listed as (
    select
        f.line_key, f.claim_key, f.line_no, f.service_day, f.units, f.charge_amount, f.answer_key, f.fee_amount,
        a.ranking_key, a.apart, case when a.by_claim then null else f.service_day end as ranked_day, a.kind, a.unit_fee,
        case when f.units > a.most_units then a.most_units else f.units end as paid_units
    from part_answers as a
    inner join line_fees as f on f.answer_key = a.answer_key and f.fee_amount > 0
    left join included_lines as n on n.line_key = f.line_key
    left join unpaid_beside as b on b.line_key = f.line_key
    where coalesce(n.line_key, b.line_key) is null
)
select
    *,
    case
        when unit_fee is not null and paid_units > 1 and paid_units < 10000 and round(paid_units, 0) = paid_units
            then paid_units
        else cast(1 as decimal(18, 3))
    end as entries
from listed
