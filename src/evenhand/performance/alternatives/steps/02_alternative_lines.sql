-- kept
-- Their lines: as billed, or with what the payer changed taken over, one thing at a time or all of it.
select
  row_number() over (order by c.alternative, l.line_key) as line_key,
  l.line_key as first_line_key, c.alternative, c.claim_key,
  l.claim_line_number, l.revenue_center_code,
  case when c.way in ('code', 'all') then coalesce(l.adjudicated_code, l.hcpcs_code) else l.hcpcs_code end as hcpcs_code,
  case
    when c.way in ('modifiers', 'all') then coalesce(l.adjudicated_modifiers, l.modifiers)
    when c.way = 'no modifiers' then ''
    else l.modifiers
  end as modifiers,
  case
    when c.way in ('units', 'all') then coalesce(l.adjudicated_units, l.units)
    when c.way = 'one unit' then 1.000
    else l.units
  end as units,
  l.unit_measure, l.place_of_service_code, l.setting, l.service_date, l.charge_amount, l.rendering_npi, l.invoice_amount
from variant_lines as l
inner join alternative_claims as c on c.first_claim_key = l.claim_key
