-- kept
-- Money of each claim by remittance, of the payer whose turn settles it: what came or was taken back, the interest that
-- came with it, and what sequestration (CARC 253) and withholds (104) took. Interest stands apart (AMT*I, or PLB L6
-- that names the claim), else inside the payment (CARC 225), where it is no payment of the claim.
with taken as (
    select
        remit_claim_key,
        sum(case when reason_code = '253' then amount else 0 end) as sequestration_amount,
        sum(case when reason_code = '104' then amount else 0 end) as withhold_amount,
        -sum(case when reason_code = '225' then amount else 0 end) as interest_inside
    from adjustments
    where reason_code in ('104', '225', '253')
    group by remit_claim_key
),
apart as (
    select remit_key, reference, -sum(amount) as interest_amount
    from provider_adjustments
    where reason_code = 'L6'
    group by remit_key, reference
)
select
    e.claim_key, e.remit_claim_key, e.payment_date,
    cast(e.paid_amount - coalesce(t.interest_inside, 0) as decimal(18, 2)) as paid_amount,
    cast(coalesce(r.interest_amount, a.interest_amount, t.interest_inside, 0) as decimal(18, 2)) as interest_amount,
    cast(coalesce(t.sequestration_amount, 0) as decimal(18, 2)) as sequestration_amount,
    cast(coalesce(t.withhold_amount, 0) as decimal(18, 2)) as withhold_amount
from ranked_events as e
join ranked_events as first_event
    on first_event.claim_key = e.claim_key and first_event.rank_no = 1 and first_event.sequence_no = e.sequence_no
join remit_claims as r on r.remit_claim_key = e.remit_claim_key
left join taken as t on t.remit_claim_key = e.remit_claim_key
left join apart as a on a.remit_key = r.remit_key and a.reference = r.payer_claim_number
where e.standing_no <= 3
