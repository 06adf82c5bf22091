-- kept
-- Every claim of every kept remittance, and what kind of event it is. A reversal takes a payment back; a
-- predetermination is no payment; 'not ours' passes the claim on. Days come from the lines where the claim has none.
with line_days as (
    select remit_claim_key, min(service_start_date) as first_day,
        max(coalesce(service_end_date, service_start_date)) as last_day
    from remit_lines
    group by remit_claim_key
)
select
    c.remit_claim_key, c.remit_key, trim(c.claim_id) as claim_number, c.status_code,
    case
        when c.status_code = '25' then 'predetermination'
        when c.status_code = '23' then 'not ours'
        when c.status_code = '22' or c.charge_amount < 0 then 'reversal'
        else 'adjudication'
    end as event,
    case
        when c.status_code in ('1', '19') then 1
        when c.status_code in ('2', '20') then 2
        when c.status_code in ('3', '21') then 3
    end as stated_sequence_no,
    c.charge_amount, c.paid_amount, abs(c.charge_amount) as billed_amount,
    c.payer_claim_number, c.original_payer_claim_number, c.member_id, c.received_date,
    coalesce(c.claim_start_date, d.first_day) as first_day,
    coalesce(c.claim_end_date, d.last_day, c.claim_start_date) as last_day,
    r.payer_key, coalesce(r.payee_npi, r.payee_tin, '') as payee_key, r.payee_npi, r.payee_tin,
    r.payment_date, coalesce(r.payment_date, date '1900-01-01') as sort_day
from remit_claims as c
join kept_remits as r on r.remit_key = c.remit_key
left join line_days as d on d.remit_claim_key = c.remit_claim_key
