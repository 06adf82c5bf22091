-- kept
-- How lines look, whoever's they are, in what versions ask that ask plainly: code and, where one asks for them, modifiers
-- and setting.
with asked as (
    select
        max(case when asks_modifiers then 1 else 0 end) as modifiers,
        max(case when asks_setting then 1 else 0 end) as setting
    from contract_versions
    where asks_plainly
    having count(*) > 0
)
select
    l.hcpcs_code, case when a.modifiers = 1 then l.modifiers end as modifiers,
    case when a.setting = 1 then l.setting end as setting, min(l.line_key) as first_line_key, count(*) as lines
from service_lines as l
cross join asked as a
group by
    l.hcpcs_code, case when a.modifiers = 1 then l.modifiers end, case when a.setting = 1 then l.setting end
