-- Volume, what was allowed and what Medicare pays, by payer, product and code.
select
    payer, product, hcpcs_code, count(*) as units, count(distinct claim_key) as claims, sum(lines) as lines, sum(allowed) as allowed,
    sum(medicare) as medicare,
    sum(case when medicare > 0 then cast(allowed / medicare as decimal(18, 6)) end) as ratios,
    count(case when medicare > 0 then 1 end) as rated
from benchmark_units
where missing is null
group by payer, product, hcpcs_code
