-- kept
-- needs contract_families or contract_parts
-- The rate a line would have had, had it been billed another way: with the base code of its family, as its technical or
-- professional part alone, or at the amount its code is reduced to. Rates are sought where the line's own came from: the
-- same table and day, for the base the same modifier before none, its setting before all.
with sought as (
    select line_key, answer_key, service_day, units, 'base' as way, base as code
    from family_lines
    where place > 1 and code <> base
    union all
    select l.line_key, l.answer_key, l.service_day, l.units, p.way, l.code
    from part_lines as l
    cross join (select 'TC' as way union all select '26') as p
    where l.kind = 'whole' and not l.uncontested
),
found as (
    select
        l.line_key, l.answer_key, l.units, l.way, r.amount,
        row_number() over (
            partition by l.line_key, l.way
            order by
                case when r.modifier = '' then 1 else 0 end, case when r.setting = '' then 1 else 0 end, r.rate_key
        ) as preference
    from sought as l
    inner join answers as a on a.answer_key = l.answer_key
    inner join contract_terms as t on t.term_key = a.term_key
    inner join services as s on s.service_key = a.service_key
    inner join contract_rates as r
        on r.schedule_key = t.schedule_key and r.code = l.code
        and (r.modifier = l.way or l.way = 'base' and r.modifier in ('', a.rate_modifier))
        and r.setting in ('', upper(trim(coalesce(s.setting, ''))))
        and r.from_day <= coalesce(t.pinned, l.service_day) and r.to_day > coalesce(t.pinned, l.service_day)
)
select line_key, answer_key, units, way, amount from found where preference = 1
union all
select line_key, answer_key, units, 'reduced', reduced_amount from part_lines where reduced_amount is not null and not uncontested
