-- How many days late payments were, by the terms they fall under.
select distinct terms_key, days_late from late_payments where terms_key is not null order by terms_key, days_late
