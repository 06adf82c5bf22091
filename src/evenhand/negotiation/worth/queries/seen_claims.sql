-- Every claim that begins on these days, of any payer: whose, when, how soon it was known, paid, and by whom.
select
  c.claim_key, coalesce(c.member_id, 'claim ' || cast(c.claim_key as varchar)) as patient, c.origin,
  c.claim_start_date, b.charge_amount,
  extract(year from c.claim_start_date) * 12 + extract(month from c.claim_start_date) - 1 as month,
  case when c.claim_start_date >= d.split_day then 1 else 0 end as valued,
  case when p.payer is not null then 1 else 0 end as mine,
  case
    when c.origin = 'remittance' then date_diff('day', coalesce(c.claim_end_date, c.claim_start_date), s.first_payment_date)
    else date_diff('day', coalesce(c.claim_end_date, c.claim_start_date), s.received_date)
  end as lag,
  case when s.state in ('paid', 'cost share', 'partly denied') and s.paid_amount > 0
    then date_diff('day', coalesce(c.claim_end_date, c.claim_start_date), s.first_payment_date)
  end as paid_after,
  s.paid_amount, coalesce(s.first_payment_date, s.received_date) as known_on
from service_claims as c
cross join worth_days as d
inner join (
  select claim_key, sum(charge_amount) as charge_amount from service_lines group by claim_key
) as b on b.claim_key = c.claim_key
left join worth_payers as p on p.payer = coalesce(c.payer, '') and p.payer_id = coalesce(c.payer_id, '')
left join settled_claims as s on s.claim_key = c.claim_key
where c.claim_start_date >= d.first_day and c.claim_start_date <= d.last_day
order by c.claim_key
