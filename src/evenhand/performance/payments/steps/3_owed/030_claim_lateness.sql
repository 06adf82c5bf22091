-- The late payments of each claim together. Interest is unknown where that of one of them is.
select
  claim_key, max(days_late) as days_late,
  case when count(*) = count(interest_owed) then sum(interest_owed) end as interest_owed
from late_amounts
where payment_date is not null
group by claim_key
