-- needs contract_levels
-- The days of each line under a term that pays by level of care, as a span of the days counted: within the stay, its
-- lines in order one after the other, or within the lines of the level. Without revenue codes, the days of the stay.
with lines as (
    select
        i.claim_key, i.term_key, g.group_no, f.line_no, f.line_key,
        case when g.by_stay then 0 else g.group_no end as counted_in,
        case when f.units > 0 then f.units else cast(0 as decimal(18, 3)) end as units
    from included_lines as i
    inner join contract_level_codes as g on g.term_key = i.term_key
    inner join line_fees as f on f.line_key = i.line_key
    inner join answers as a on a.answer_key = f.answer_key
    inner join services as s
        on s.service_key = a.service_key and length(trim(s.revenue_code)) = 4
        and trim(s.revenue_code) >= g.low and trim(s.revenue_code) <= g.high
),
spans as (
    select
        claim_key, term_key, group_no, units,
        cast(sum(units) over (
            partition by claim_key, counted_in
            order by line_no, line_key rows between unbounded preceding and current row
        ) as decimal(38, 3)) as until_day
    from lines
)
select claim_key, term_key, group_no, cast(until_day - units as decimal(38, 3)) as after_day, until_day from spans
union all
select c.claim_key, c.term_key, d.group_no, cast(0 as decimal(38, 3)), cast(n.days as decimal(38, 3))
from claim_terms as c
inner join (select distinct term_key, group_no from contract_level_days) as d on d.term_key = c.term_key
left join (select distinct term_key from contract_level_codes) as g on g.term_key = c.term_key
inner join counted_days as n on n.claim_key = c.claim_key and n.days > 0
where g.term_key is null
