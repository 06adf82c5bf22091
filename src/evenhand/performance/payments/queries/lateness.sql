-- How many days late payments were, or what was never paid is, by the terms they fall under.
select distinct terms_key, days_late from late_money where terms_key is not null order by terms_key, days_late
