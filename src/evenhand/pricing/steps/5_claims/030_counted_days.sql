-- needs claim_terms
-- Days of claims paid by the day: units of the lines the term names by revenue code, else the length of stay.
with counted as (
    select
        c.claim_key,
        case
            when t.counts_units then sum(case when m.selector_key is not null then f.units else 0 end)
            else max(x.length_of_stay)
        end as days
    from claim_terms as c
    inner join contract_terms as t on t.term_key = c.term_key and t.per = 'day'
    inner join claim_stays as x on x.claim_key = c.claim_key
    inner join line_fees as f on f.claim_key = c.claim_key
    inner join answers as a on a.answer_key = f.answer_key
    left join matches as m on m.service_key = a.service_key and m.selector_key = c.term_key
    group by c.claim_key, t.counts_units
)
select
    claim_key,
    -- beyond this many the price is out of range whatever the rate
    cast(case
        when days > 999999999999999 then 999999999999999
        when days < -999999999999999 then -999999999999999
        else days
    end as decimal(18, 3)) as days
from counted
