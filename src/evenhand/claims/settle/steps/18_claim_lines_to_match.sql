-- kept
-- Lines of claims on file that a remittance settles, with what a remittance line may be recognised by. The payer
-- returns the provider's number for a line, or the line number where the provider gave none.
with settled as (
    select distinct claim_key
    from finals
)
select
    l.line_key, l.claim_key, l.claim_line_number,
    coalesce(trim(b.line_control_number), cast(l.claim_line_number as varchar)) as control_number,
    coalesce(l.hcpcs_code, b.ndc_code, l.revenue_center_code) as code, l.modifiers, l.service_date, l.charge_amount
from service_lines as l
join settled as f on f.claim_key = l.claim_key
join lines as b on b.line_key = l.line_key
