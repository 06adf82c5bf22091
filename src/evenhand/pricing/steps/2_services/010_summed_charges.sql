-- The charge of claims that state none (or a trillion dollars): the sum over those of their lines that have one.
select l.claim_key, cast(sum(l.charge_amount) as decimal(18, 2)) as charge_amount
from service_lines as l
where abs(l.charge_amount) < 1000000000000
    and l.claim_key in (
        select c.claim_key
        from service_claims as c
        where coalesce(abs(c.charge_amount), 1000000000000) >= 1000000000000
    )
group by l.claim_key
