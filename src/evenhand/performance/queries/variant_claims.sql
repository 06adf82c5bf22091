-- Claims with a variance, to be priced again under alternatives.
select c.*, p.contract_id
from service_claims as c
inner join priced_claims as p on p.claim_key = c.claim_key
where c.claim_key in (select claim_key from variances)
