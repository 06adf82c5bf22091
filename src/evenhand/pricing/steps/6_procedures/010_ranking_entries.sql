-- kept
-- Each line that is ranked, and how many ranks it takes: one, or one for each unit where the contract ranks units.
with ranked as (
    select
        f.*, a.ranking_key, coalesce(s.apart, false) as apart, a.unit_fee, r.by_claim, r.each_unit, r.by_rvu,
        case when upper(trim(v.setting)) = 'FACILITY' then i.rvu_facility else i.rvu_office end as rvu
    from line_fees as f
    inner join answers as a on a.answer_key = f.answer_key
    inner join services as v on v.service_key = a.service_key
    left join contract_indicators as i on i.indicator_no = a.indicator_no and i.indicator_no <> 0
    inner join contract_rankings as r on r.ranking_key = a.ranking_key
    left join service_rankings as s
        on s.service_key = a.service_key and s.profile_no = a.profile_no and s.ranking_key = a.ranking_key
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
    case when by_rvu then coalesce(rvu, 0) else 0 end as weight,
    entries, case when entries > 1 then unit_fee else fee_amount end as entry_fee
from counted
