-- kept
-- Cash and dates of each claim over all its remittances: what came and what was taken back. Predeterminations and
-- claims passed on are no money. The first payment is the first decision of the payer whose turn settles the claim.
with leaders as (
    select claim_key, sequence_no
    from ranked_events
    where rank_no = 1
)
select
    e.claim_key, sum(case when e.standing_no <= 3 then e.paid_amount else 0 end) as paid,
    sum(case when e.event = 'reversal' then 1 else 0 end) as reversals,
    min(case when e.event = 'adjudication' and e.sequence_no = l.sequence_no then e.payment_date end)
        as first_payment_date,
    min(case when e.sequence_no = l.sequence_no then e.received_date end) as received_date
from ranked_events as e
join leaders as l on l.claim_key = e.claim_key
group by e.claim_key
