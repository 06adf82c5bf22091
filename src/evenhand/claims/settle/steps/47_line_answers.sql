-- Lines of both kinds in one shape.
select
    a.line_key, a.claim_key, a.state, a.match_method, a.remit_claim_key, a.remit_line_key, a.remit_lines, a.allowed,
    a.allowed_method, a.paid, a.patient, a.deductible, a.coinsurance, a.copayment, a.units, a.sequence_no, a.balanced,
    e.payment_date, case when a.state = 'not remitted' then 0 else 1 end as is_final, 0 as predetermined,
    case when a.state = 'denied' then coalesce(dl.group_code, dc.group_code) end as denial_group,
    case when a.state = 'denied' then coalesce(dl.reason_code, dc.reason_code) end as denial_reason,
    case when a.reading = 'line' then tl.reasons else coalesce(tl.reasons || ' ' || tc.reasons, tl.reasons, tc.reasons)
    end as reasons
from answered_lines as a
join remit_events as e on e.remit_claim_key = a.remit_claim_key
left join denial_reasons as dl on dl.level = 'line' and dl.target_key = a.line_key and a.reading = 'line'
left join denial_reasons as dc on dc.level = 'claim' and dc.target_key = a.claim_key
left join reason_texts as tl on tl.level = 'line' and tl.target_key = a.line_key
left join reason_texts as tc on tc.level = 'claim' and tc.target_key = a.claim_key and a.reading <> 'nowhere'
union all
select
    line_key, claim_key, state, case when in_table = 1 then 'claims table' end as match_method, remit_claim_key,
    cast(null as bigint) as remit_line_key, 0 as remit_lines, allowed, allowed_method,
    case when in_table = 1 then paid_amount when state = 'reversed' then 0 end as paid,
    patient_amount as patient,
    deductible_amount as deductible, coinsurance_amount as coinsurance, copayment_amount as copayment,
    cast(null as decimal(18, 3)) as units, case when in_table = 1 then 1 else sequence_no end as sequence_no,
    1 as balanced, coalesce(paid_date, payment_date) as payment_date, in_table as is_final,
    case when standing_no = 4 then 1 else 0 end as predetermined, cast(null as varchar) as denial_group,
    cast(null as varchar) as denial_reason, cast(null as varchar) as reasons
from unanswered_lines
