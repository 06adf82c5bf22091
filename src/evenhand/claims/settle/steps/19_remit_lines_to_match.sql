-- kept
-- Lines of the remittance claims that settle a claim on file. Where the payer changed the code, the submitted one
-- recognises the line.
select
    l.remit_line_key, f.claim_key, l.remit_line_number, trim(l.line_control_number) as control_number,
    coalesce(l.submitted_code, l.hcpcs_code, l.revenue_center_code) as code,
    substr(
        coalesce(',' || l.hcpcs_modifier_1, '') || coalesce(',' || l.hcpcs_modifier_2, '')
        || coalesce(',' || l.hcpcs_modifier_3, '') || coalesce(',' || l.hcpcs_modifier_4, ''), 2
    ) as modifiers,
    l.service_start_date as service_date, l.charge_amount
from finals as f
join service_claims as c on c.claim_key = f.claim_key
join remit_lines as l on l.remit_claim_key = f.remit_claim_key
where c.origin = 'claim'
