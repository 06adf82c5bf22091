-- Days of claims paid by the day: units of the lines the term names by revenue code, else the length of stay.
select
    c.claim_key,
    case
        when t.counts_units then cast(sum(case when m.selector_key is not null then f.units else 0 end) as decimal(18, 3))
        else cast(max(x.length_of_stay) as decimal(18, 3))
    end as days
from claim_terms as c
inner join contract_terms as t on t.term_key = c.term_key and t.per = 'day'
inner join claim_facts as x on x.claim_key = c.claim_key
inner join line_fees as f on f.claim_key = c.claim_key
left join matches as m on m.service_key = f.service_key and m.selector_key = c.term_key
group by c.claim_key, t.counts_units
