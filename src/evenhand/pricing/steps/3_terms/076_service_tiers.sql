-- needs contract_tiers
-- The tier each service falls under: the first of its version that covers it.
select c.service_key, t.tier, t.factor
from (
    select m.service_key, min(t.tier_key) as tier_key
    from contract_tiers as t
    inner join matches as m on m.selector_key = -t.tier_key
    group by m.service_key
) as c
inner join contract_tiers as t on t.tier_key = c.tier_key
