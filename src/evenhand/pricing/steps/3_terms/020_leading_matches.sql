-- kept
-- Selectors whose leading (narrowest) condition a service meets, and those of its version that have none.
select v.service_key, t.selector_key
from service_values as v
inner join condition_hits as h
    on h.version_key = v.version_key and h.attribute = v.attribute and h.value = v.value
inner join contract_tests as t on t.test_key = h.test_key and t.leading
union
select s.service_key, k.selector_key
from services as s
inner join contract_selectors as k on k.version_key = s.version_key and not k.has_leading
