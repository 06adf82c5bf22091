-- kept
-- needs contract_anesthesia
-- Lines paid by units of anaesthesia: base units, time and physical status, summed and multiplied by the conversion
-- factor, then by what modifiers leave of it. A line whose time cannot be read has no price.
with status as (
    select a.answer_key, max(p.units) as units
    from contract_physical_status as p
    inner join answers as a on a.term_key = p.term_key
    inner join service_modifiers as m on m.service_key = a.service_key and m.modifier = p.modifier
    group by a.answer_key
),
measured as (
    select
        f.line_key, f.answer_key, f.units as billed, c.factor, c.time_key, a.basis_amount as base_units,
        a.escalation, a.modifier_factor,
        case
            when upper(trim(coalesce(l.unit_measure, ''))) = 'MJ' then 'minutes'
            when upper(trim(coalesce(l.unit_measure, ''))) in ('', 'UN') then c.billed_units
        end as counted
    from contract_anesthesia as c
    inner join answers as a on a.term_key = c.term_key
    inner join line_fees as f on f.answer_key = a.answer_key
    inner join service_lines as l on l.line_key = f.line_key
),
timed as (
    select
        m.line_key, m.factor, m.escalation, m.modifier_factor,
        cast(m.base_units + coalesce(s.units, cast(0 as decimal(20, 14))) as decimal(20, 14)) as units_beside,
        case
            when m.time_key is null then cast(0 as decimal(20, 14))
            when m.counted = 'minutes' then t.units
            when m.counted = 'time units' and m.billed >= 0 and m.billed <= 2880 then cast(m.billed as decimal(20, 14))
        end as time_units
    from measured as m
    left join status as s on s.answer_key = m.answer_key
    left join contract_time_units as t on t.time_key = m.time_key and t.minutes = m.billed
),
priced as (
    select
        *, cast(units_beside + time_units as decimal(20, 14)) as all_units,
        cast(round(
            cast(units_beside + time_units as decimal(20, 14))
            * cast(round(factor * escalation, 4) as decimal(14, 4)), 2
        ) as decimal(18, 2)) as unit_rate
    from timed
)
select
    line_key, factor as basis_amount, unit_rate,
    case when unit_rate is not null then cast(round(all_units, 6) as decimal(12, 6)) end as all_units,
    case when unit_rate is not null then cast(round(time_units, 3) as decimal(18, 3)) end as units,
    cast(round(cast(unit_rate as decimal(19, 2)) * modifier_factor, 2) as decimal(18, 2)) as fee_amount
from priced
