-- kept
-- The remittance claims that settle each claim: the first of its events, when it stands. A payer may also split one
-- claim over several remittance claims; when what stands together bills no more than the claim did, all of it counts.
with leaders as (
    select claim_key, remit_claim_key, sequence_no, is_duplicate
    from ranked_events
    where rank_no = 1 and standing_no = 1
),
standing as (
    select
        e.claim_key, e.remit_claim_key, e.remit_key, e.payer_key, e.sequence_no, e.status_code, e.charge_amount,
        e.paid_amount,
        e.rank_no, sum(e.charge_amount) over (partition by e.claim_key) as standing_charge
    from ranked_events as e
    join leaders as l on l.claim_key = e.claim_key and l.sequence_no = e.sequence_no
    where e.standing_no = 1 and e.is_duplicate = l.is_duplicate
)
select
    s.claim_key, s.remit_claim_key, s.remit_key, s.payer_key, s.sequence_no, s.status_code, s.charge_amount,
    s.paid_amount
from standing as s
left join kept_claims as c on c.claim_key = s.claim_key
where s.rank_no = 1 or s.standing_charge <= c.charge_amount
