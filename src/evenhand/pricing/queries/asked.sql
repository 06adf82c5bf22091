-- Each priced line with its claim and service, for the payers asked about.
select
    c.claim_id, c.payer, c.product, c.claim_start_date, l.claim_line_number, l.hcpcs_code, l.modifiers,
    l.revenue_center_code, l.service_date, l.charge_amount, p.*
from priced_lines as p
inner join service_lines as l on l.line_key = p.line_key
inner join service_claims as c on c.claim_key = p.claim_key
where $payer = '' or contains(lower(coalesce(c.payer, '')), $payer)
