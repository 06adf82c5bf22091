-- Each claim as a whole: by its lines, or by the claim itself where adjustments stand at claim level or the
-- remittance has no lines; or by its last event where nothing stands.
select
    s.claim_key, s.origin, s.charge_amount, s.claim_end_date, k.repriced_allowed_amount,
    e.remit_claim_key, e.remit_key, e.standing_no, e.sequence_no, e.payment_date, r.payer_claim_number,
    case
        when e.claim_key is null and t.match_method = 'claims table' then 'table'
        when f.claim_key is null then 'nothing'
        when f.claim_level = 1 or t.claim_key is null then 'claim'
        else 'lines'
    end as reading,
    o.state, o.allowed, o.allowed_method, o.cost_share, o.balanced,
    t.allowed as line_allowed, coalesce(t.unknown, 0) as unknown, t.paid_lines, t.cost_share_lines,
    coalesce(t.denied_lines, 0) as denied_lines, t.capitated_lines, t.bundled_lines,
    case when t.known_lines = t.all_lines then t.allowed end as repriced_lines,
    case when t.low_method = t.high_method then t.low_method when t.low_method is not null then 'derived'
        else t.any_method end as line_method,
    t.paid as line_paid, t.patient as line_patient, t.payment_date as line_payment_date,
    t.first_payment_date as line_first_date, substr(t.why_not, 2) as line_why_not
from service_claims as s
left join ranked_events as e on e.claim_key = s.claim_key and e.rank_no = 1
left join remit_claims as r on r.remit_claim_key = e.remit_claim_key
left join final_claims as f on f.claim_key = s.claim_key
left join allowed as o on o.level = 'claim' and o.target_key = s.claim_key
left join line_totals as t on t.claim_key = s.claim_key
left join kept_claims as k on k.claim_key = s.claim_key
