-- The lines of one claim with what was allowed, where a remittance says so.
select
    p.*, l.claim_line_number, l.revenue_center_code, l.hcpcs_code, l.modifiers, l.service_date, l.charge_amount,
    s.state, s.allowed_amount,
    cast(s.allowed_amount - p.expected_amount as decimal(18, 2)) as variance_amount
from priced_lines as p
inner join service_lines as l on l.line_key = p.line_key
left join settled_lines as s on s.line_key = p.line_key
where p.claim_key = $1
order by coalesce(l.claim_line_number, 2147483647), p.line_key
