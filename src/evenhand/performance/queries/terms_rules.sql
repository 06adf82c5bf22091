-- The rules at work in each term.
select
  contract_id, rule, term, count(*) as lines, count(distinct claim_key) as claims,
  sum(without_amount) as without_amount, sum(with_amount) as with_amount, sum(with_amount - without_amount) as effect
from rule_effects
group by contract_id, rule, term
