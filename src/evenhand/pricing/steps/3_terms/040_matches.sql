-- kept
-- Selectors that cover a service: every other condition met too, and no negated one.
with checked as (
    select
        c.service_key, c.selector_key,
        count(distinct case when not c.negated then c.test_key end) as met,
        count(case when c.negated then 1 end) as barred
    from values_to_check as c
    inner join condition_hits as h on h.test_key = c.test_key and h.value = c.value
    group by c.service_key, c.selector_key
)
select m.service_key, m.selector_key
from leading_matches as m
inner join contract_selectors as k on k.selector_key = m.selector_key
left join checked as c on c.service_key = m.service_key and c.selector_key = m.selector_key
where coalesce(c.met, 0) = k.others and coalesce(c.barred, 0) = 0
