-- kept
-- The ranking each service falls under: the first of its version that covers it, and whether it is ranked apart there.
with covering as (
    select m.service_key, min(r.ranking_key) as ranking_key
    from contract_rankings as r
    inner join matches as m on m.selector_key = -r.ranking_key
    group by m.service_key
)
select
    c.service_key, c.ranking_key,
    exists (
        select 1
        from contract_apart as a
        inner join service_modifiers as m on m.modifier = a.modifier
        where a.ranking_key = c.ranking_key and m.service_key = c.service_key
    ) as apart
from covering as c
