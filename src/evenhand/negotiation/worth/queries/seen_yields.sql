-- How this payer settled the lines it answered as first payer: denied for good, allowed, the patient's part.
select
  sum(case when s.state in ('not remitted', 'unclear') then 0.00 else l.charge_amount end) as answered,
  sum(case when s.state = 'denied' then l.charge_amount else 0.00 end) as denied,
  sum(case when s.judged and e.expected_amount is not null then s.allowed_amount else 0.00 end) as allowed,
  sum(case when s.judged and e.expected_amount is not null then s.patient_amount else 0.00 end) as patient,
  sum(case when s.judged and s.allowed_amount is not null then e.expected_amount else 0.00 end) as agreed,
  count(distinct case when s.judged then l.claim_key end) as claims,
  count(distinct case when s.state not in ('not remitted', 'unclear') then l.claim_key end) as answered_claims
from service_lines as l
inner join service_claims as c on c.claim_key = l.claim_key
cross join worth_days as d
inner join worth_payers as p on p.payer = coalesce(c.payer, '') and p.payer_id = coalesce(c.payer_id, '')
inner join settled_lines as s on s.line_key = l.line_key
left join worth_agreed as e on e.line_key = l.line_key
where c.claim_start_date >= d.split_day and c.claim_start_date <= d.last_day
  and coalesce(s.payer_sequence, 'primary') = 'primary' and coalesce(s.why_not, '') <> 'predetermination'
