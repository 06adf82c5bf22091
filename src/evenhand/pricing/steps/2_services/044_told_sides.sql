-- kept
-- needs contract_bilateral_lines or contract_bilateral_units
-- Lines that tell a side, or both, in another way than by modifier 50, with a modifier more that says so: second sides, and
-- two units on one line without a side. Of these it is asked later whether their code, as it is paid, can be done on both.
select line_key, modifiers from second_sides
union all
select l.line_key, 'BOTH SIDES,' || l.modifiers
from two_unit_lines as l
inner join claim_facts as c on c.claim_key = l.claim_key and c.version_key = l.version_key
where upper(trim(split_part(l.modifiers, ',', 1))) not in ('50', 'RT', 'LT')
    and upper(trim(split_part(l.modifiers, ',', 2))) not in ('50', 'RT', 'LT')
    and upper(trim(split_part(l.modifiers, ',', 3))) not in ('50', 'RT', 'LT')
    and upper(trim(split_part(l.modifiers, ',', 4))) not in ('50', 'RT', 'LT')
