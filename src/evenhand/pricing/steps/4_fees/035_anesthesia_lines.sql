-- kept
-- needs contract_anesthesia
-- Lines paid by units of anaesthesia: base units, time and physical status, summed and multiplied by the conversion
-- factor, then by what modifiers leave of it. A line whose time cannot be read has no price; one that is paid with
-- another of its session is not here.
with status as (
    select a.answer_key, max(p.units) as units
    from contract_physical_status as p
    inner join answers as a on a.term_key = p.term_key
    inner join service_modifiers as m on m.service_key = a.service_key and m.modifier = p.modifier
    group by a.answer_key
),
measured as (
    select
        t.line_key, t.answer_key, c.factor, c.time_key, a.basis_amount as base_units, a.escalation, a.modifier_factor,
        case when s.line_key is null then t.minutes else s.minutes end as minutes,
        case when s.line_key is null then t.billed_units else s.billed_units end as billed_units
    from contract_anesthesia as c
    inner join answers as a on a.term_key = c.term_key
    inner join anesthesia_times as t on t.answer_key = a.answer_key
    left join anesthesia_sessions as s on s.line_key = t.line_key
    where s.line_key is null or s.head_key = s.line_key
),
timed as (
    select
        m.line_key, m.factor, m.escalation, m.modifier_factor,
        cast(m.base_units + coalesce(s.units, cast(0 as decimal(20, 14))) as decimal(20, 14)) as units_beside,
        case
            when m.time_key is null then cast(0 as decimal(20, 14))
            when m.billed_units <= 2880 then cast(t.units + m.billed_units as decimal(20, 14))
        end as time_units
    from measured as m
    left join status as s on s.answer_key = m.answer_key
    left join contract_time_units as t on t.time_key = m.time_key and t.minutes = m.minutes
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
