-- What the plan paid on the claims the contract covers.
select sum(p.paid_amount) as paid, count(distinct w.claim_key) as claims
from (select distinct claim_key from forecast_claims) as w
inner join settled_claims as p on p.claim_key = w.claim_key
