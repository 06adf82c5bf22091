-- kept
-- Each claim's final state, cash, dates. Days to pay run from receipt by the payer, else from the last day of service,
-- to the first decision. A claim is judged when all of its lines are, or its claim-level amount is known.
with dated as (
    select
        s.*, c.reversals, c.received_date,
        case when s.reading = 'table' then s.line_paid else coalesce(c.paid, 0) end as cash,
        case when s.reading = 'table' then s.line_payment_date else s.payment_date end as final_date,
        case when s.reading = 'table' then s.line_first_date else c.first_payment_date end as first_date,
        case
            when s.standing_no = 4 then 'predetermination'
            when s.claim_state in ('not remitted', 'reversed') then s.claim_state
            when s.sequence_no > 1 then 'secondary payer'
            when s.claim_state in ('denied', 'capitated') then s.claim_state
            when s.claim_state = 'partly denied' then 'denied'
            when s.reading in ('claim', 'lines') and s.balanced = 0 then 'out of balance'
            when s.claim_allowed is null then 'allowed unknown'
            when s.reading in ('lines', 'table') then s.line_why_not
        end as why_not
    from claim_states as s
    left join claim_cash as c on c.claim_key = s.claim_key
)
select
    claim_key, remit_claim_key, remit_key, payer_claim_number, claim_state as state, charge_amount,
    cast(claim_allowed as decimal(18, 2)) as allowed_amount,
    case when claim_allowed is not null then claim_method end as allowed_method,
    cast(cash as decimal(18, 2)) as paid_amount,
    cast(case when reading = 'claim' or reading = 'lines' then cost_share else line_patient end as decimal(18, 2))
        as patient_amount,
    final_date as payment_date, first_date as first_payment_date, received_date,
    cast(date_diff('day', coalesce(received_date, claim_end_date), first_date) as integer) as days_to_pay,
    case when first_date is null then null when received_date is not null then 'received'
        when claim_end_date is not null then 'service' end as days_from,
    cast(coalesce(reversals, 0) as integer) as reversals,
    case when reading = 'table' then 'primary' when sequence_no = 1 then 'primary' when sequence_no = 2 then 'secondary'
        when sequence_no = 3 then 'tertiary' end as payer_sequence,
    why_not is null as judged, why_not
from dated
