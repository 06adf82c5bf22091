-- The code, modifiers and units the payer decided on: of the first remittance line of a split.
select
    remit_line_key, hcpcs_code as adjudicated_code,
    substr(
        coalesce(',' || hcpcs_modifier_1, '') || coalesce(',' || hcpcs_modifier_2, '')
        || coalesce(',' || hcpcs_modifier_3, '') || coalesce(',' || hcpcs_modifier_4, ''), 2
    ) as adjudicated_modifiers
from remit_lines
