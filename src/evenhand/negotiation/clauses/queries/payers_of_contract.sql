-- The names and numbers under which the contract's payer stands on its claims.
select distinct coalesce(c.payer, '') as payer, coalesce(c.payer_id, '') as payer_id
from service_claims as c
inner join clause_agreed as e on e.claim_key = c.claim_key
