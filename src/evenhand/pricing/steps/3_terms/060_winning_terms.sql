-- kept
-- The timeline of each service over all days to price, cut wherever a term's rate begins or ends: on each piece the
-- first term wins, or there is none.
with cuts as (
    select service_key, from_day as cut_day from applicable_terms
    union
    select service_key, to_day from applicable_terms
    union
    select s.service_key, d.first_day from services as s cross join days_to_price as d
    union
    select s.service_key, d.after_day from services as s cross join days_to_price as d
),
pieces as (
    select service_key, cut_day as from_day, lead(cut_day) over (partition by service_key order by cut_day) as to_day
    from cuts
),
ranked as (
    select
        p.service_key, p.from_day, p.to_day, a.term_key, a.basis_amount, a.rate_modifier,
        row_number() over (
            partition by p.service_key, p.from_day order by a.term_key, a.preference, a.rate_key
        ) as place
    from pieces as p
    left join applicable_terms as a
        on a.service_key = p.service_key and a.from_day <= p.from_day and a.to_day >= p.to_day
    where p.to_day is not null
)
select service_key, from_day, to_day, term_key, basis_amount, rate_modifier
from ranked
where place = 1
