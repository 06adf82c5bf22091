-- Lines as billed: of the claim where it is on file, else as its settling remittance repeats them. Where the payer
-- changed a code the remittance says what was submitted. A reversal's signs are turned back.
select
    l.line_key, l.claim_key, l.claim_line_number, l.revenue_center_code, l.hcpcs_code,
    l.hcpcs_modifier_1, l.hcpcs_modifier_2, l.hcpcs_modifier_3, l.hcpcs_modifier_4,
    l.service_unit_quantity as units, l.unit_measure, l.place_of_service_code, c.claim_type,
    coalesce(l.claim_line_start_date, c.claim_start_date) as service_date, l.charge_amount,
    coalesce(l.rendering_npi, c.rendering_npi) as rendering_npi, l.invoice_amount
from lines as l
join service_claims as c on c.claim_key = l.claim_key
where c.origin = 'claim'
union all
select
    -1 - l.remit_line_key as line_key, c.claim_key, l.remit_line_number as claim_line_number,
    case when l.submitted_code_qualifier = 'NU' then l.submitted_code else l.revenue_center_code end
        as revenue_center_code,
    case when l.submitted_code_qualifier = 'NU' then l.hcpcs_code else coalesce(l.submitted_code, l.hcpcs_code) end
        as hcpcs_code,
    l.hcpcs_modifier_1, l.hcpcs_modifier_2, l.hcpcs_modifier_3, l.hcpcs_modifier_4,
    abs(coalesce(l.submitted_unit_quantity, l.service_unit_quantity)) as units, cast(null as varchar) as unit_measure,
    case when c.claim_type = 'professional' then c.facility_code end as place_of_service_code, c.claim_type,
    coalesce(l.service_start_date, c.first_day) as service_date, abs(l.charge_amount) as charge_amount,
    coalesce(l.rendering_npi, c.rendering_npi) as rendering_npi, cast(null as decimal(18, 2)) as invoice_amount
from remit_lines as l
join claimless as c on c.remit_claim_key = l.remit_claim_key
