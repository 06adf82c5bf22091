-- kept
-- Adjustments of each line added up by kind; those at claim level, or of a line no billed line answers to, in one more
-- row for the claim, without a line.
select
    claim_key, line_key, sum(amount) as adjusted,
    sum(case when kind = 'cost share' then amount else 0 end) as cost_share,
    sum(case when kind = 'cost share' and reason_code in ('1', '66', '126', '247') then amount else 0 end)
        as deductible,
    sum(case when kind = 'cost share' and reason_code in ('2', '127', '248') then amount else 0 end) as coinsurance,
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
    sum(case when remit_line_key is null and coalesce(amount, 1) <> 0 then 1 else 0 end) as at_claim_count
from final_adjustments
group by claim_key, line_key
