-- What has no price, by outcome.
select
  outcome, contract_id, count(*) as lines, count(distinct claim_key) as claims,
  sum(coalesce(charge_amount, 0.00)) as charges
from asked_lines
where expected_amount is null
group by outcome, contract_id
