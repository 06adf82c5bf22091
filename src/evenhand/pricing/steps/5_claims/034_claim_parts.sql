-- kept
-- needs claim_terms
-- What the price of a claim is made of where it has parts: the days of each level of care, the days past a case window.
with days as (
    select
        s.claim_key, s.term_key, t.level_no as position,
        case when s.after_day < t.after_day then t.after_day else s.after_day end as after_day,
        case when s.until_day > t.until_day then t.until_day else s.until_day end as until_day
    from level_spans as s
    inner join contract_level_days as t
        on t.term_key = s.term_key and t.group_no = s.group_no
        and s.after_day < t.until_day and s.until_day > t.after_day
),
counted as (
    select claim_key, term_key, position, cast(sum(until_day - after_day) as decimal(38, 3)) as units
    from days
    group by claim_key, term_key, position
),
stated as (
    select c.claim_key, c.term_key, c.position, l.level as part, l.amount, c.units
    from counted as c
    inner join contract_levels as l on l.term_key = c.term_key and l.level_no = c.position
    union all
    select
        c.claim_key, c.term_key, 1, 'days beyond ' || cast(w.days as varchar), w.amount,
        cast(f.length_of_stay - w.days as decimal(38, 3))
    from claim_terms as c
    inner join contract_windows as w on w.term_key = c.term_key
    inner join claim_stays as f on f.claim_key = c.claim_key and f.length_of_stay > w.days
),
bounded as (
    select s.*, case when s.units > 999999999999999 then 999999999999999 else s.units end as held_units
    from stated as s
)
select
    b.claim_key, b.term_key, b.position, b.part, cast(b.held_units as decimal(18, 3)) as units,
    cast(round(cast(round(b.amount, 2) as decimal(19, 2)) * e.factor, 2) as decimal(19, 2)) as unit_rate,
    cast(round(
        cast(round(cast(round(b.amount, 2) as decimal(19, 2)) * e.factor, 2) as decimal(19, 2))
        * cast(b.held_units as decimal(18, 3)), 2
    ) as decimal(38, 2)) as amount
from bounded as b
inner join contract_terms as t on t.term_key = b.term_key
inner join claim_stays as f on f.claim_key = b.claim_key
inner join contract_escalations as e
    on e.version_key = t.version_key and e.escalates = t.escalates
    and f.contract_day >= e.from_day and f.contract_day < e.to_day
