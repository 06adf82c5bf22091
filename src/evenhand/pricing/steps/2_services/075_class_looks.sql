-- Every plain look for each class that takes all, in the form of line facts, with the first line that has it.
select
    c.class_key, c.version_key, p.first_line_key,
    case
        when v.asks_modifiers and p.modifiers <> '' then coalesce(p.hcpcs_code, '') || chr(31) || p.modifiers
        else coalesce(p.hcpcs_code, '')
    end as look,
    case when v.asks_setting then coalesce(p.setting, '') else '' end as setting
from claim_classes as c
inner join contract_versions as v on v.version_key = c.version_key
cross join plain_looks as p
where c.takes_all
