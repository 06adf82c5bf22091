-- kept
-- needs contract_modifiers
-- The product of a service's modifiers that the contract's rule names, without the one that chose its rate: each at
-- the share for the code's indicators where the rule goes by them.
with counted as (
    select
        w.service_key, w.rate_modifier, w.profile_no, coalesce(p.factor, f.factor) as factor,
        row_number() over (
            partition by w.service_key, w.rate_modifier, w.profile_no order by m.place, m.service_key
        ) as nth
    from (select distinct service_key, rate_modifier, profile_no from coded_terms) as w
    inner join service_modifiers as m on m.service_key = w.service_key and m.modifier <> w.rate_modifier
    inner join contract_modifiers as f on f.version_key = m.version_key and f.modifier = m.modifier
    left join contract_modifiers_by_profile as p
        on p.version_key = m.version_key and p.modifier = m.modifier and p.profile_no = w.profile_no
)
select
    service_key, rate_modifier, profile_no,
    cast(round(
        coalesce(max(case when nth = 1 then factor end), cast(1 as decimal(8, 6)))
        * coalesce(max(case when nth = 2 then factor end), cast(1 as decimal(8, 6)))
        * coalesce(max(case when nth = 3 then factor end), cast(1 as decimal(8, 6)))
        * coalesce(max(case when nth = 4 then factor end), cast(1 as decimal(8, 6))), 6
    ) as decimal(12, 6)) as modifier_factor
from counted
group by service_key, rate_modifier, profile_no
