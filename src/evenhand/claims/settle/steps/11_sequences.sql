-- kept
-- Whose turn it was: 1 primary, 2 secondary, 3 tertiary payer. Denials and reversals do not say; they get what the
-- same payer said elsewhere on the claim, else what the claim as submitted says, else secondary when another payer
-- was primary.
with by_payer as (
    select claim_key, payer_key, min(stated_sequence_no) as sequence_no
    from claim_events
    where stated_sequence_no is not null
    group by claim_key, payer_key
),
by_claim as (
    select claim_key, min(sequence_no) as sequence_no
    from by_payer
    group by claim_key
)
select
    e.remit_claim_key,
    coalesce(
        e.stated_sequence_no,
        p.sequence_no,
        case when c.sequence_no > 1 then c.sequence_no end,
        case when b.sequence_no = 1 then 2 else 1 end
    ) as sequence_no
from claim_events as e
left join by_payer as p on p.claim_key = e.claim_key and p.payer_key = e.payer_key
left join by_claim as b on b.claim_key = e.claim_key
left join kept_claims as c on c.claim_key = e.claim_key
