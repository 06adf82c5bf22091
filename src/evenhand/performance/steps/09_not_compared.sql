-- Lines that are not compared, each with the reason.
select
  n.line_key, n.claim_key, n.claim_id, n.payer, n.product, n.service_date, n.hcpcs_code, n.modifiers,
  n.charge_amount, n.expected_amount,
  case
    when n.why_not is not null and n.harmless = 0 then n.why_not
    when g.judged_lines = 0 then coalesce(n.why_not, 'denied')
    else 'another line of the claim not judged'
  end as why_not
from grouped_lines as n
left join claim_groups as g on g.claim_key = n.claim_key and n.grouped = 1
where (n.grouped = 0 and n.why_not is not null)
   or (n.grouped = 1 and (g.blocked_by is not null or g.judged_lines = 0))
