-- needs contract_companions
-- What each of those looks has of each thing that may be asked of a line, one value a row, in capitals.
with of_looks as (
    select look_key, version_key, 'codes' as attribute, hcpcs_code as value from companion_looks
    union all select look_key, version_key, 'revenue_codes', revenue_center_code from companion_looks
    union all select look_key, version_key, 'place_of_service', place_of_service_code from companion_looks
    union all select look_key, version_key, 'setting', setting from companion_looks
    union all select look_key, version_key, 'rendering_npi', rendering_npi from companion_looks
    union all
    select k.look_key, k.version_key, 'modifiers', split_part(k.modifiers, ',', n.place)
    from companion_looks as k
    cross join (select 1 as place union all select 2 union all select 3 union all select 4) as n
)
select distinct look_key, version_key, attribute, upper(trim(value)) as value
from of_looks
where trim(value) <> ''
