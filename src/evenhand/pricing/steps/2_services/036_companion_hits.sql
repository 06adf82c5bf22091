-- kept
-- needs contract_companions
-- Which companions each look is: every condition met, and no negated one.
with met as (
    select
        v.look_key, t.companion_key,
        count(distinct case when not t.negated then t.test_key end) as met,
        count(case when t.negated then 1 end) as barred
    from companion_values as v
    inner join contract_companion_tests as t on t.version_key = v.version_key and t.attribute = v.attribute
    inner join contract_companion_ranges as r
        on r.test_key = t.test_key and r.size = length(v.value) and v.value >= r.low and v.value <= r.high
    group by v.look_key, t.companion_key
)
select k.look_key, c.companion_key
from companion_looks as k
inner join contract_companions as c on c.version_key = k.version_key
left join met as m on m.look_key = k.look_key and m.companion_key = c.companion_key
where coalesce(m.met, 0) = c.wanted and coalesce(m.barred, 0) = 0
