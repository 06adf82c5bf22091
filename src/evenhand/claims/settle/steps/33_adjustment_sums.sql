-- kept
-- Adjustments added up by kind, once for each line and once for each whole claim.
with targets as (
    select 'line' as level, line_key as target_key, kind, group_code, reason_code, amount, 0 as at_claim
    from final_adjustments
    where line_key is not null
    union all
    select 'claim' as level, claim_key as target_key, kind, group_code, reason_code, amount,
        case when remit_line_key is null then 1 else 0 end as at_claim
    from final_adjustments
)
select
    level, target_key, sum(amount) as adjusted,
    sum(case when kind = 'cost share' then amount else 0 end) as cost_share,
    sum(case when kind = 'cost share' and reason_code in ('1', '66', '247') then amount else 0 end) as deductible,
    sum(case when kind = 'cost share' and reason_code in ('2', '248') then amount else 0 end) as coinsurance,
    sum(case when kind = 'cost share' and reason_code in ('3', '241') then amount else 0 end) as copayment,
    sum(case when kind = 'payment' then amount else 0 end) as payment_side,
    sum(case when kind in ('denial', 'duplicate', 'unlisted') then amount else 0 end) as denied,
    sum(case when kind = 'bundled' then amount else 0 end) as bundled,
    sum(case when kind = 'capitated' then amount else 0 end) as capitated,
    sum(case when kind = 'liability' then amount else 0 end) as liability,
    sum(case when kind = 'price' then amount else 0 end) as price,
    sum(case when reason_code = '45' then amount else 0 end) as reduced_45,
    sum(case when kind = 'other payer' and amount <> 0 then 1 else 0 end) as other_payer_count,
    sum(case when kind in ('unlisted', 'capitated') and amount <> 0 then 1 else 0 end) as unread_count,
    sum(case when amount is null then 1 else 0 end) as missing_count,
    sum(case when at_claim = 1 and coalesce(amount, 1) <> 0 then 1 else 0 end) as at_claim_count
from targets
group by level, target_key
