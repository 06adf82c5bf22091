-- kept
-- The same remittance can arrive twice: sent again, downloaded again. It counts once. Two copies agree in the
-- control numbers, trace, day, amount and first claim; the longest copy stands, so that a cut-off copy never
-- stands in for a whole one. Without sender and trace number nothing is called a copy.
with first_claims as (
    select remit_key, min(remit_claim_key) as remit_claim_key
    from remit_claims
    group by remit_key
),
numbered as (
    select
        r.*,
        row_number() over (
            partition by
                r.sender_id, r.interchange_control_number, r.group_control_number, r.transaction_control_number,
                r.trace_number, r.payment_date, r.payment_amount, c.claim_id, c.charge_amount, c.paid_amount,
                case when r.sender_id is null or r.trace_number is null then r.remit_key end
            order by coalesce(r.segment_count, 0) desc, r.remit_key
        ) as copy_no
    from remits as r
    left join first_claims as f on f.remit_key = r.remit_key
    left join remit_claims as c on c.remit_claim_key = f.remit_claim_key
)
select
    remit_key, payer, payer_id, coalesce(payer_id, payer, '') as payer_key, payee_npi, payee_tin,
    coalesce(payment_date, production_date) as payment_date
from numbered
where copy_no = 1
