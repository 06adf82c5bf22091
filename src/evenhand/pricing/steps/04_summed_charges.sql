-- The charge of claims that state none: the sum over those of their lines that have one.
select l.claim_key, cast(sum(l.charge_amount) as decimal(18, 2)) as charge_amount
from service_lines as l
where l.claim_key in (select c.claim_key from service_claims as c where c.charge_amount is null)
group by l.claim_key
