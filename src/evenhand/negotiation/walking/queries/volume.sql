-- Those claims in all and of the payer meant: what was allowed, how many had emergency care, how many patients.
select
  asked,
  count(*) as claims,
  count(distinct member_id) as patients,
  sum(allowed_amount) as allowed,
  sum(emergency) as emergencies
from walked_claims
group by asked
