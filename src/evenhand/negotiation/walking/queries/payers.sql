-- The payers claims name, with how many each has: to find those that are meant.
select coalesce(payer, '') as payer, coalesce(payer_id, '') as payer_id, count(*) as claims
from service_claims
group by coalesce(payer, ''), coalesce(payer_id, '')
