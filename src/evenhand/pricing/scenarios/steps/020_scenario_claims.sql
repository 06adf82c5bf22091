-- kept
-- Each claim: what its claim-level price is measured against, how many of its lines have a price, and whether it
-- has to be priced the long way.
select
    claim_key, count(case when outcome = 'priced' then 1 end) as priced,
    case
        when count(case when is_head and outcome in ('priced', 'included') and charge_amount is null then 1 end) = 0
            then sum(case when is_head and outcome in ('priced', 'included') then charge_amount end)
    end as inside,
    count(case when is_unknown then 1 end) > 0 or count(case when is_head and outcome = 'priced' then 1 end) > 1 as is_strange
from scenario_lines
group by claim_key
