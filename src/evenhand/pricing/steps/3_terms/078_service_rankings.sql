-- kept
-- needs contract_rankings
-- The ranking each service falls under: the first of its version that covers it, and its code's indicators where it
-- asks for them; and whether the service is ranked apart there.
with covering as (
    select c.service_key, c.profile_no, min(r.ranking_key) as ranking_key
    from contract_rankings as r
    inner join matches as m on m.selector_key = -r.ranking_key
    inner join (select distinct service_key, profile_no from coded_terms) as c on c.service_key = m.service_key
    left join contract_ranked_profiles as p on p.ranking_key = r.ranking_key and p.profile_no = c.profile_no
    where p.ranking_key is not null or not r.by_profile
    group by c.service_key, c.profile_no
)
select
    c.service_key, c.profile_no, c.ranking_key,
    exists (
        select 1
        from contract_apart as a
        inner join service_modifiers as m on m.modifier = a.modifier
        where a.ranking_key = c.ranking_key and m.service_key = c.service_key
    ) as apart
from covering as c
