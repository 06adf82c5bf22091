-- The names and numbers under which the contract's payer stands on the claims.
select distinct coalesce(c.payer, '') as payer, coalesce(c.payer_id, '') as payer_id
from service_claims as c
inner join current_claims as k on k.claim_key = c.claim_key and k.contract_id is not null
