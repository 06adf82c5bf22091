-- kept
-- What the payer decided, for lines and for whole claims, read from the money. Nothing paid is not yet a denial:
-- the patient's share, a capitation or a bundle may be the reason. A price of nothing is a price.
select
    m.level, m.target_key, m.claim_key, m.remit_line_key, m.remit_claim_key, m.method, m.units, m.remit_lines,
    cast(m.paid as decimal(18, 2)) as paid, cast(m.b6 as decimal(18, 2)) as b6,
    cast(m.cost_share as decimal(18, 2)) as cost_share, cast(m.deductible as decimal(18, 2)) as deductible,
    cast(m.coinsurance as decimal(18, 2)) as coinsurance, cast(m.copayment as decimal(18, 2)) as copayment,
    cast(m.payment_side as decimal(18, 2)) as payment_side, m.balanced, f.sequence_no, f.claim_level,
    case
        when m.paid is null or m.paid < 0 then 'unclear'
        when m.paid > 0 then 'paid'
        when m.capitated > 0 and m.capitated >= m.bundled and m.capitated >= m.denied then 'capitated'
        when m.cost_share > 0 then 'cost share'
        when m.denied > 0 and m.denied >= m.bundled then 'denied'
        when m.bundled > 0 then 'bundled'
        when f.said_denied = 1 or m.liability > 0 then 'denied'
        when m.other_payer_count > 0 then 'unclear'
        when m.payment_side > 0 or m.price > 0 or m.charged = 0 then 'paid'
        else 'unclear'
    end as state,
    case
        when m.b6 < m.paid + m.cost_share + case when m.payment_side < 0 then m.payment_side else 0 end then 0
        when m.b6 = m.charged and m.reduced_45 > 0 then 0
        when m.b6 is not null then 1
        else 0
    end as sane_b6,
    case
        when f.sequence_no = 1 and m.balanced = 1 and m.other_payer_count = 0 and m.unread_count = 0 then 1
        else 0
    end as derivable
from money as m
join final_claims as f on f.claim_key = m.claim_key
