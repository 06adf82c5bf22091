-- What each payer is of the organisation's own claims.
select
  coalesce(payer, '(no payer named)') as payer, count(*) as claims, count(distinct member_id) as patients,
  sum(charge_amount) as charges
from service_claims
group by coalesce(payer, '(no payer named)')
order by charges desc, payer
