-- kept
-- Each line's final state. Judged: comparable with a contract.
with answers as (
    select
        a.*, c.adjudicated_code, c.adjudicated_modifiers, t.remarks,
        case
            when a.predetermined = 1 then 'predetermination'
            when a.state in ('not remitted', 'reversed') then a.state
            when a.sequence_no > 1 then 'secondary payer'
            when a.state in ('denied', 'capitated') then a.state
            when a.balanced = 0 then 'out of balance'
            when a.allowed is null or a.state = 'unclear' then 'allowed unknown'
        end as why_not
    from line_answers as a
    left join adjudicated_codes as c on c.remit_line_key = a.remit_line_key and a.match_method <> 'bundle'
    left join remark_texts as t on t.line_key = a.line_key
)
select
    line_key, claim_key, state, match_method, remit_claim_key, remit_line_key,
    cast(remit_lines as integer) as remit_lines,
    cast(allowed as decimal(18, 2)) as allowed_amount, allowed_method, cast(paid as decimal(18, 2)) as paid_amount,
    cast(patient as decimal(18, 2)) as patient_amount, cast(deductible as decimal(18, 2)) as deductible_amount,
    cast(coinsurance as decimal(18, 2)) as coinsurance_amount, cast(copayment as decimal(18, 2)) as copayment_amount,
    adjudicated_code, adjudicated_modifiers, cast(units as decimal(18, 3)) as adjudicated_units, denial_group,
    denial_reason, reasons, remarks,
    case sequence_no when 1 then 'primary' when 2 then 'secondary' when 3 then 'tertiary' end as payer_sequence,
    payment_date, is_final = 1 as is_final, why_not is null as judged, why_not
from answers
