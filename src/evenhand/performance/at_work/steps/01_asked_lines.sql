-- kept
-- The lines asked about, with what made their price. counted: what the rate is multiplied by.
select
  n.line_key, n.claim_key, n.contract_id, n.version_no, n.outcome, p.term_no, n.term, n.method, n.per,
  n.charge_amount, p.fee_amount, n.expected_amount, n.lesser_of, p.escalation, p.unit_rate,
  coalesce(p.modifier_factor, 1.000000) as modifier_factor, coalesce(p.procedure_factor, 1.000000) as procedure_factor,
  case when n.per = 'line' then cast(1 as decimal(18, 3)) else p.units end as counted,
  cast(round(p.basis_amount * coalesce(p.percent, 1.000000), 2) as decimal(19, 2)) as stated_rate
from named_lines as n
inner join priced_lines as p on p.line_key = n.line_key
cross join terms_asked as a
where (a.payer is null or n.payer = a.payer) and (a.contract_id is null or n.contract_id = a.contract_id)
