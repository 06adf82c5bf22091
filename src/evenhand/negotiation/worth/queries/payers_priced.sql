-- The names and numbers under which the payer stands on the claims that are valued.
select distinct coalesce(c.payer, '') as payer, coalesce(c.payer_id, '') as payer_id
from service_claims as c
inner join worth_claims as w on w.claim_key = c.claim_key
