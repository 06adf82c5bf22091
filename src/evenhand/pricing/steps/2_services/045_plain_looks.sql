-- kept
-- How lines look, whoever's they are, in what versions ask that ask plainly of lines: code and, where one asks for them,
-- modifiers and setting. A line that tells a side looks both as it was billed and as it tells it: versions may differ in that.
with asked as (
    select
        max(case when asks_modifiers then 1 else 0 end) as modifiers,
        max(case when asks_setting then 1 else 0 end) as setting
    from contract_versions
    where not asks_lines
    having count(*) > 0
),
billed as (
    select line_key, hcpcs_code, modifiers, setting from service_lines
    union all
    select l.line_key, l.hcpcs_code, s.modifiers, l.setting
    from told_sides as s
    inner join service_lines as l on l.line_key = s.line_key
)
select
    l.hcpcs_code, case when a.modifiers = 1 then l.modifiers end as modifiers,
    case when a.setting = 1 then l.setting end as setting, min(l.line_key) as first_line_key, count(*) as lines
from billed as l
cross join asked as a
group by
    l.hcpcs_code, case when a.modifiers = 1 then l.modifiers end, case when a.setting = 1 then l.setting end
