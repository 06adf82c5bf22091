-- kept
-- Selectors that cover a service: every other condition met too, and no negated one.
with checked as (
    select
        m.service_key, m.selector_key,
        count(distinct case when not t.negated then t.test_key end) as met,
        count(case when t.negated then 1 end) as barred
    from leading_matches as m
    inner join contract_tests as t on t.selector_key = m.selector_key and not t.leading
    inner join service_values as v on v.service_key = m.service_key and v.attribute = t.attribute
    inner join condition_hits as h on h.test_key = t.test_key and h.value = v.value
    group by m.service_key, m.selector_key
)
select m.service_key, m.selector_key
from leading_matches as m
inner join contract_selectors as k on k.selector_key = m.selector_key
left join checked as c on c.service_key = m.service_key and c.selector_key = m.selector_key
where coalesce(c.met, 0) = k.others and coalesce(c.barred, 0) = 0
