-- The same for lines, and for whole claims.
select
    'line' as level, line_key as target_key, adjusted, cost_share, deductible, coinsurance, copayment, payment_side,
    denied, bundled, capitated, liability, price, reduced_45, other_payer_count, unread_count, missing_count,
    at_claim_count
from line_adjustments
where line_key is not null
union all
select
    'claim' as level, claim_key as target_key, sum(adjusted) as adjusted, sum(cost_share) as cost_share,
    sum(deductible) as deductible, sum(coinsurance) as coinsurance, sum(copayment) as copayment,
    sum(payment_side) as payment_side, sum(denied) as denied, sum(bundled) as bundled, sum(capitated) as capitated,
    sum(liability) as liability, sum(price) as price, sum(reduced_45) as reduced_45,
    sum(other_payer_count) as other_payer_count, sum(unread_count) as unread_count,
    sum(missing_count) as missing_count, sum(at_claim_count) as at_claim_count
from line_adjustments
group by claim_key
