-- What is late, or for a penalty the discount that goes with it.
select
  l.claim_key, l.payment_date, l.days_late, l.terms_key,
  case
    when l.owed_on = 'payment' then l.new_amount
    when l.share_of is null then l.discount
    else cast(round(l.discount * s.share, 2) as decimal(18, 2))
  end as base_amount
from late_money as l
left join late_shares as s on s.part_amount = l.new_amount and s.whole_amount = l.share_of
