-- kept
-- What the other conditions of those selectors will be compared with: only theirs, never every service's.
select m.service_key, m.selector_key, t.test_key, t.negated, v.value
from leading_matches as m
inner join contract_tests as t on t.selector_key = m.selector_key and not t.leading
inner join service_values as v on v.service_key = m.service_key and v.attribute = t.attribute
