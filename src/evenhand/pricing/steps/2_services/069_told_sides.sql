-- kept
-- needs contract_bilateral_lines or contract_bilateral_units
-- Lines that tell a side, or both, in another way than by modifier 50, with a modifier more that says so: second sides, and
-- two units on one line without a side. Of these it is asked later whether their code can be done on both.
select line_key, modifiers from second_sides
union all
select l.line_key, 'BOTH SIDES,' || coalesce(l.modifiers, '')
from (select distinct version_key from contract_bilateral_units) as v
inner join classed_claims as c on c.version_key = v.version_key
inner join service_lines as l on l.claim_key = c.claim_key and l.units = 2 and trim(l.hcpcs_code) <> ''
where upper(trim(split_part(coalesce(l.modifiers, ''), ',', 1))) not in ('50', 'RT', 'LT')
    and upper(trim(split_part(coalesce(l.modifiers, ''), ',', 2))) not in ('50', 'RT', 'LT')
    and upper(trim(split_part(coalesce(l.modifiers, ''), ',', 3))) not in ('50', 'RT', 'LT')
    and upper(trim(split_part(coalesce(l.modifiers, ''), ',', 4))) not in ('50', 'RT', 'LT')
