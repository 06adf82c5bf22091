-- Lines no remittance settles: taken back, never remitted, or read from a claims table, which brings its own amounts.
-- A repricer's figure stands in only where nothing was paid yet, and is never judged.
with raw_lines as (
    select
        l.line_key, l.claim_key, e.standing_no, e.remit_claim_key, e.sequence_no, e.payment_date,
        b.allowed_amount, b.paid_amount, b.deductible_amount, b.coinsurance_amount, b.copayment_amount, b.paid_date,
        b.repriced_allowed_amount,
        case
            when coalesce(b.deductible_amount, b.coinsurance_amount, b.copayment_amount) is not null
                then coalesce(b.deductible_amount, 0) + coalesce(b.coinsurance_amount, 0)
                    + coalesce(b.copayment_amount, 0)
        end as patient_amount,
        case when e.claim_key is null and (b.allowed_amount is not null or b.paid_amount is not null) then 1 else 0 end
            as in_table
    from service_lines as l
    left join final_claims as f on f.claim_key = l.claim_key
    left join ranked_events as e on e.claim_key = l.claim_key and e.rank_no = 1
    left join lines as b on b.line_key = l.line_key
    where f.claim_key is null
)
select
    *,
    case
        when standing_no in (2, 3) then 'reversed'
        when in_table = 0 then 'not remitted'
        when paid_amount > 0 then 'paid'
        when paid_amount = 0 and allowed_amount > 0 then 'cost share'
        else 'unclear'
    end as state,
    case when in_table = 1 then allowed_amount when standing_no in (2, 3) then null else repriced_allowed_amount end
        as allowed,
    case
        when in_table = 1 and allowed_amount is not null then 'claims table'
        when in_table = 0 and coalesce(standing_no, 5) > 3 and repriced_allowed_amount is not null then 'repriced'
    end as allowed_method
from raw_lines
