-- Claims of the contract that name an authorisation number.
select count(distinct r.claim_key) as requests
from claims as r
inner join clause_agreed as e on e.claim_key = r.claim_key
where r.prior_authorization is not null
