-- kept
-- Line-level terms that could pay a service, each with its rate and the days it holds; lower preference wins.
-- A rate for a modifier of the line (in billed order) goes before one for none, one for its setting before one for all.
with terms as (
    select m.service_key, t.*
    from matches as m
    inner join contract_terms as t on t.term_key = m.selector_key and not t.claim_level
),
rated as (
    select
        t.service_key, t.term_key, r.rate_key, r.amount as basis_amount, r.modifier as rate_modifier,
        coalesce(f.place, 6) * 2 + case when r.setting = '' then 1 else 0 end as preference,
        case when t.pinned is null then r.from_day else d.first_day end as from_day,
        case when t.pinned is null then r.to_day else d.after_day end as to_day
    from terms as t
    inner join services as s on s.service_key = t.service_key
    inner join contract_rates as r on r.schedule_key = t.schedule_key and r.code = upper(trim(s.code))
    left join service_modifiers as f on f.service_key = t.service_key and f.modifier = r.modifier
    cross join days_to_price as d
    where (r.modifier = '' or f.modifier is not null)
        and (r.setting = '' or r.setting = upper(trim(coalesce(s.setting, ''))))
        and (t.pinned is null or (r.from_day <= t.pinned and t.pinned < r.to_day))
)
select
    r.service_key, r.term_key, r.rate_key, r.basis_amount, r.rate_modifier, r.preference,
    case when r.from_day < d.first_day then d.first_day else r.from_day end as from_day,
    case when r.to_day > d.after_day then d.after_day else r.to_day end as to_day
from rated as r
cross join days_to_price as d
where r.from_day < d.after_day and r.to_day > d.first_day
union all
select t.service_key, t.term_key, 0, cast(t.amount as decimal(18, 6)), '', 0, d.first_day, d.after_day
from terms as t
cross join days_to_price as d
where t.schedule_key is null
