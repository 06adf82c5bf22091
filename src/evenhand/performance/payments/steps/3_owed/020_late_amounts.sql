-- What each late payment costs, and what is unpaid: its base times the factor of its days, at most so many dollars, and interest on that.
select
  claim_key, payment_date, days_late, terms_key,
  owed_once + cast(round(owed_once * yearly_factor, 2) as decimal(18, 2)) as interest_owed
from (
  select
    b.claim_key, b.payment_date, b.days_late, b.terms_key, f.yearly_factor,
    case
      when f.most_amount is not null and round(b.base_amount * f.factor, 2) > f.most_amount then f.most_amount
      else cast(round(b.base_amount * f.factor, 2) as decimal(18, 2))
    end as owed_once
  from late_bases as b
  left join late_factors as f on f.terms_key = b.terms_key and f.days_late = b.days_late
) as o
