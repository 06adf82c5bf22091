-- What Medicare does not price, in dollars allowed, by payer, code and reason.
select payer, product, hcpcs_code, missing, count(*) as units, count(distinct claim_key) as claims, sum(lines) as lines, sum(allowed) as allowed
from benchmark_units
where missing is not null
group by payer, product, hcpcs_code, missing
