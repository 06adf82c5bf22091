-- Payment and adjustments side by side, for lines and for whole claims. Balanced: charge less adjustments is payment.
select
    p.level, p.target_key, p.claim_key, p.remit_line_key, p.remit_claim_key, p.method, p.charged, p.paid, p.units,
    p.remit_lines,
    p.b6, coalesce(a.adjusted, 0) as adjusted, coalesce(a.cost_share, 0) as cost_share,
    coalesce(a.deductible, 0) as deductible, coalesce(a.coinsurance, 0) as coinsurance,
    coalesce(a.copayment, 0) as copayment, coalesce(a.payment_side, 0) as payment_side, coalesce(a.denied, 0) as denied,
    coalesce(a.bundled, 0) as bundled, coalesce(a.capitated, 0) as capitated, coalesce(a.liability, 0) as liability,
    coalesce(a.price, 0) as price, coalesce(a.reduced_45, 0) as reduced_45,
    coalesce(a.other_payer_count, 0) as other_payer_count, coalesce(a.unread_count, 0) as unread_count,
    coalesce(a.at_claim_count, 0) as at_claim_count,
    case
        when p.bad_count = 0 and coalesce(a.missing_count, 0) = 0
            and p.charged - coalesce(a.adjusted, 0) = p.paid then 1
        else 0
    end as balanced
from paid_sums as p
left join adjustment_sums as a on a.level = p.level and a.target_key = p.target_key
