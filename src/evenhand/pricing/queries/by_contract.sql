-- What each contract prices.
select
    contract_id, outcome, count(distinct claim_key) as claims, count(*) as lines,
    cast(sum(charge_amount) as decimal(18, 2)) as charge_amount,
    cast(sum(expected_amount) as decimal(18, 2)) as expected_amount
from priced_lines_asked
group by contract_id, outcome
order by contract_id is null, contract_id, count(*) desc, outcome
