-- needs contract_families or contract_parts
-- The rate an answer would have had, had its code been billed another way: as the base code of its family, as its technical
-- or professional part alone, or at the amount it is reduced to. Rates are sought where the answer's own came from: the
-- same table and days, for the base the same modifier before none, its setting before all.
with sought as (
    select answer_key, 'base' as way, base as code from family_answers where code <> base
    union all
    select l.answer_key, p.way, l.code
    from part_answers as l
    cross join (select 'TC' as way union all select '26') as p
    where l.kind = 'whole'
),
rated as (
    select
        l.answer_key, l.way, r.rate_key, r.amount,
        case when r.modifier = '' then 2 else 0 end + case when r.setting = '' then 1 else 0 end as preference,
        case when t.pinned is null and r.from_day > a.from_day then r.from_day else a.from_day end as from_day,
        case when t.pinned is null and r.to_day < a.to_day then r.to_day else a.to_day end as to_day
    from sought as l
    inner join answers as a on a.answer_key = l.answer_key
    inner join contract_terms as t on t.term_key = a.term_key
    inner join services as s on s.service_key = a.service_key
    inner join contract_rates as r
        on r.schedule_key = t.schedule_key and r.code = l.code
        and (r.modifier = l.way or l.way = 'base' and r.modifier in ('', a.rate_modifier))
        and r.setting in ('', upper(trim(coalesce(s.setting, ''))))
        and r.to_day > coalesce(t.pinned, a.from_day)
        and (r.from_day < a.to_day and t.pinned is null or r.from_day <= t.pinned)
),
cuts as (
    select answer_key, way, from_day as cut_day from rated
    union
    select answer_key, way, to_day from rated
),
pieces as (
    select
        answer_key, way, cut_day as from_day,
        lead(cut_day) over (partition by answer_key, way order by cut_day) as to_day
    from cuts
),
placed as (
    select
        p.answer_key, p.way, p.from_day, p.to_day, r.amount,
        row_number() over (partition by p.answer_key, p.way, p.from_day order by r.preference, r.rate_key) as place
    from pieces as p
    inner join rated as r
        on r.answer_key = p.answer_key and r.way = p.way and r.from_day <= p.from_day and r.to_day >= p.to_day
)
select answer_key, way, from_day, to_day, amount from placed where place = 1
union all
select p.answer_key, 'reduced', a.from_day, a.to_day, p.reduced_amount
from part_answers as p
inner join answers as a on a.answer_key = p.answer_key
where p.reduced_amount is not null
