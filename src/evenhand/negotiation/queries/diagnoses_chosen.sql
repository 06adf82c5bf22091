-- Diagnoses of the claims chosen.
select g.*
from diagnoses as g
inner join service_claims as c on c.claim_key = g.claim_key
cross join offer_days as d
where c.claim_start_date >= d.first_day and c.claim_start_date <= d.last_day
