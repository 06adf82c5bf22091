-- kept
-- The lines to be priced. Place of service decides between the facility and the office price of a service; what an
-- institution bills is always at a facility. Units not said are one.
select
    line_key, claim_key, claim_line_number, revenue_center_code, hcpcs_code,
    substr(
        coalesce(',' || hcpcs_modifier_1, '') || coalesce(',' || hcpcs_modifier_2, '')
        || coalesce(',' || hcpcs_modifier_3, '') || coalesce(',' || hcpcs_modifier_4, ''), 2
    ) as modifiers,
    cast(coalesce(units, 1) as decimal(18, 3)) as units, unit_measure, place_of_service_code,
    case
        when claim_type = 'institutional' then 'facility'
        when place_of_service_code in (
            '19', '21', '22', '23', '24', '26', '31', '34', '41', '42', '51', '52', '53', '56', '61'
        ) then 'facility'
        else 'office'
    end as setting,
    service_date, charge_amount, rendering_npi, invoice_amount
from billed_lines
