-- Claims of the days the offer is valued on.
select c.*
from service_claims as c
cross join offer_days as d
where c.claim_start_date >= d.first_day and c.claim_start_date <= d.last_day
