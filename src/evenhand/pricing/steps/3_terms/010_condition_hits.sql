-- kept
-- Which conditions each distinct value meets: single codes by equality, ranges by comparison within one length.
with seen as (
    select distinct version_key, attribute, value, length(value) as size from service_values
)
select v.version_key, v.attribute, v.value, r.test_key
from seen as v
inner join contract_ranges as r
    on r.version_key = v.version_key and r.attribute = v.attribute and r.low = v.value and r.single
union
select v.version_key, v.attribute, v.value, r.test_key
from seen as v
inner join contract_ranges as r
    on r.version_key = v.version_key and r.attribute = v.attribute and r.size = v.size
    and v.value >= r.low and v.value <= r.high and not r.single
