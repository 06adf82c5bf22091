-- kept
-- needs contract_companions
-- How the lines look of claims whose version asks about other lines of a claim: each different look once.
select
    min(l.line_key) as look_key, f.version_key, l.hcpcs_code, l.revenue_center_code, l.modifiers,
    l.place_of_service_code, l.setting, l.rendering_npi
from (select distinct version_key from contract_companions) as a
inner join claim_facts as f on f.version_key = a.version_key
inner join service_lines as l on l.claim_key = f.claim_key
group by
    f.version_key, l.hcpcs_code, l.revenue_center_code, l.modifiers, l.place_of_service_code, l.setting,
    l.rendering_npi
