-- What was not compared, counted by why not.
select
  payer, why_not, count(*) as lines, count(distinct claim_key) as claims, sum(charge_amount) as charges
from not_compared
group by payer, why_not
