-- kept
-- Who stands on each side of a claim, and what else chooses its contract: each combination once.
select min(claim_key) as party_key, payer, payer_id, product, billing_npi, billing_tin, usual_day, asked
from claim_sides
group by payer, payer_id, product, billing_npi, billing_tin, usual_day, asked
