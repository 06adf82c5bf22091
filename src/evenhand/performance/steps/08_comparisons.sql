-- kept
-- What is compared: one row for each line, or for each group of lines with one price.
-- variance_amount is actual minus expected: negative is an underpayment.
select
  'line' as compared, line_key as comparison_key, claim_key, claim_id, payer, product, product_shown, service_date, hcpcs_code,
  revenue_center_code, modifiers, units, 1 as lines, charge_amount, state, reasons, payment_date,
  adjudicated_code, adjudicated_modifiers, adjudicated_units,
  contract_id, version_no, term, cite, method, per, percent, unit_rate,
  modifier_factor, procedure_rank, procedure_factor, lesser_of,
  allowed_amount as actual_amount, expected_amount, allowed_amount - expected_amount as variance_amount
from grouped_lines
where grouped = 0 and why_not is null
union all
select
  'claim' as compared, g.comparison_key, h.claim_key, h.claim_id, h.payer, h.product, h.product_shown, h.service_date, h.hcpcs_code,
  h.revenue_center_code, h.modifiers, h.units, g.lines, g.charge_amount, h.state, h.reasons, h.payment_date,
  h.adjudicated_code, h.adjudicated_modifiers, h.adjudicated_units,
  h.contract_id, h.version_no, h.term, h.cite, h.method, h.per, h.percent, h.unit_rate,
  h.modifier_factor, h.procedure_rank, h.procedure_factor, h.lesser_of,
  g.actual_amount, g.expected_amount, g.actual_amount - g.expected_amount as variance_amount
from claim_groups as g
inner join group_heads as h on h.claim_key = g.claim_key
where g.blocked_by is null and g.judged_lines > 0
