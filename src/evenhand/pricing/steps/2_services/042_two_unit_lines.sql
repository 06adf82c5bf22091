-- kept
-- needs contract_bilateral_units
-- Lines of two units of codes that some version pays as both sides by two units, whoever's they are: few, so that they are
-- looked for before anything is asked of claims.
select v.version_key, l.line_key, l.claim_key, coalesce(l.modifiers, '') as modifiers
from (
    select distinct b.version_key, i.code
    from contract_bilateral_units as b
    inner join contract_terms as t on t.version_key = b.version_key
    inner join contract_indicators as i on i.schedule_key = t.indicator_key and i.profile_no = b.profile_no
) as v
inner join service_lines as l on l.units = 2 and upper(trim(l.hcpcs_code)) = v.code
