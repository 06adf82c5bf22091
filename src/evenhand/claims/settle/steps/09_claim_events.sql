-- kept
-- What happened to each claim, remittance by remittance. Events of voided claims leave with their claim.
select e.*, s.standing_key as claim_key
from remit_events as e
join matched_claims as m on m.remit_claim_key = e.remit_claim_key
join standing_claims as s on s.claim_key = m.claim_key
where s.standing_key is not null
union all
select e.*, u.claim_key
from remit_events as e
join claimless_events as u on u.remit_claim_key = e.remit_claim_key
