-- Each claim of the contract: what was agreed, by what became of it, what was paid, how soon.
-- Reasons: 29 filed too late; 15, 197, 198 and 243 authorisation; 50, 55, 56, 57 and 58 necessity.
select
  l.claim_key, max(coalesce(c.member_id, 'claim ' || cast(c.claim_key as varchar))) as patient,
  sum(case when coalesce(s.state, '') in ('denied', 'reversed') then 0.00 else coalesce(e.expected_amount, 0.00) end) as allowed,
  sum(case when s.state = 'reversed' then coalesce(e.expected_amount, 0.00) else 0.00 end) as taken_back,
  sum(case when s.state = 'denied' and s.denial_reason = '29' then coalesce(e.expected_amount, 0.00) else 0.00 end)
    as denied_filing,
  sum(
    case when s.state = 'denied' and s.denial_reason in ('15', '197', '198', '243')
      then coalesce(e.expected_amount, 0.00) else 0.00 end
  ) as denied_authorization,
  sum(
    case when s.state = 'denied' and s.denial_reason in ('50', '55', '56', '57', '58')
      then coalesce(e.expected_amount, 0.00) else 0.00 end
  ) as denied_necessity,
  sum(case when s.judged then 0 else 1 end) as not_judged,
  sum(e.expected_amount) as agreed, sum(s.allowed_amount) as allowed_in_fact,
  max(coalesce(p.paid_amount, 0.00)) as paid, max(coalesce(p.patient_amount, 0.00)) as patient_part,
  max(case when coalesce(p.state, 'not remitted') in ('not remitted', 'unclear') then 0 else 1 end) as answered,
  max(case when p.paid_amount > 0 then p.days_to_pay end) as days_to_pay,
  max(date_diff('day', coalesce(c.claim_end_date, c.claim_start_date), p.received_date)) as filed_after
from service_lines as l
inner join service_claims as c on c.claim_key = l.claim_key
inner join clause_agreed as e on e.line_key = l.line_key
left join settled_lines as s on s.line_key = l.line_key
left join settled_claims as p on p.claim_key = l.claim_key
group by l.claim_key
order by l.claim_key
