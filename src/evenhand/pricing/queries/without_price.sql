-- What stays without a price, and why.
select
    outcome, contract_id, count(distinct claim_key) as claims, count(*) as lines,
    cast(sum(charge_amount) as decimal(18, 2)) as charge_amount
from priced_lines_asked
where expected_amount is null
group by outcome, contract_id
order by sum(charge_amount) desc nulls last, outcome, contract_id
