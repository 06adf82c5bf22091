-- kept
-- needs contract_bilateral_lines
-- Lines that may name a side, whoever's they are: few, so that they are looked for before anything is asked of claims.
select
    line_key, claim_key, coalesce(claim_line_number, 2147483647) as line_no, service_date, hcpcs_code, modifiers
from service_lines
where modifiers <> '' and (upper(modifiers) like '%RT%' or upper(modifiers) like '%LT%') and trim(hcpcs_code) <> ''
    and exists (select 1 from contract_bilateral_lines)
