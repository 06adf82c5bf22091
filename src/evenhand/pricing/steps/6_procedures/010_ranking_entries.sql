-- kept
-- Each line that is ranked, and how many ranks it takes: one, or one for each unit where the contract ranks units.
with ranked as (
    select f.*, a.ranking_key, s.apart, a.unit_fee, r.by_claim, r.each_unit
    from line_fees as f
    inner join answers as a on a.answer_key = f.answer_key
    inner join service_rankings as s on s.service_key = a.service_key
    inner join contract_rankings as r on r.ranking_key = a.ranking_key
    where f.ranks and f.fee_amount > 0
        and not exists (select 1 from included_lines as i where i.line_key = f.line_key)
),
counted as (
    select *,
        case
            when each_unit and unit_fee is not null and units >= 1 and units < 10000 and round(units, 0) = units
                then units
            else cast(1 as decimal(18, 3))
        end as entries
    from ranked
)
select
    line_key, claim_key, version_key, line_no, units, charge_amount, answer_key, fee_amount, ranking_key, apart,
    case when by_claim then null else service_day end as ranked_day,
    entries, case when entries > 1 then unit_fee else fee_amount end as entry_fee
from counted
