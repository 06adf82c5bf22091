-- What never came of each claim, and the interest on it up to the day asked about. Unknown where no rate is known.
select claim_key, days_late as days_unpaid, interest_owed as interest_accruing
from late_amounts
where payment_date is null
