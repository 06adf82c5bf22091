-- What a book holds of one payer's claims: their days, how many, and how many of those begun by a day were answered.
select
  min(c.claim_start_date) as first_day,
  max(c.claim_start_date) as last_day,
  count(*) as claims,
  sum(case when c.claim_start_date <= d.complete_by then 1 else 0 end) as due,
  sum(case when c.claim_start_date <= d.complete_by and s.state <> 'not remitted' then 1 else 0 end) as answered
from service_claims c
join ready_payers p on p.payer = coalesce(c.payer, '') and p.payer_id = coalesce(c.payer_id, '')
cross join ready_days d
join settled_claims s on s.claim_key = c.claim_key
where c.claim_start_date >= d.first_day
