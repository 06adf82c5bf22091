-- The conditions of payment rules that a value of the claim falls in.
select distinct v.claim_key, r.test_key
from due_values as v
inner join payment_ranges as r
  on r.contract_id = v.contract_id and r.version_no = v.version_no and r.attribute = v.attribute
  and r.size = length(v.value) and v.value >= r.low and v.value <= r.high
