-- What was allowed on each line, and the patient's part that grows with the rate.
select line_key, allowed_amount, deductible_amount, coinsurance_amount
from settled_lines
where state in ('paid', 'cost share')
