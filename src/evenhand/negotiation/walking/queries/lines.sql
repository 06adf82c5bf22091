-- The same for each product of the payer that is meant.
select
  product,
  count(*) as claims,
  count(distinct member_id) as patients,
  sum(allowed_amount) as allowed,
  sum(emergency) as emergencies
from walked_claims
where asked = 1
group by product
