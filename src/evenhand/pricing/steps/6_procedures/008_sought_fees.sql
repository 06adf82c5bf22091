-- kept
-- needs sought_rates
-- What the line would have been paid by that rate: times the same share, escalator, modifiers and units.
with rated as (
    select
        f.line_key, f.way, a.per, a.escalation, a.modifier_factor,
        case when f.units > a.most_units then a.most_units else f.units end as units,
        case
            when a.percent is null then cast(round(f.amount, 2) as decimal(19, 2))
            else cast(round(cast(f.amount as decimal(19, 4)) * a.percent, 2) as decimal(19, 2))
        end as plain_rate
    from sought_rates as f
    inner join answers as a on a.answer_key = f.answer_key
),
escalated as (select *, cast(round(plain_rate * escalation, 2) as decimal(19, 2)) as unit_rate from rated),
modified as (select *, cast(round(unit_rate * modifier_factor, 2) as decimal(19, 2)) as unit_fee from escalated)
select
    line_key, way, unit_fee,
    case when per = 'line' then cast(unit_fee as decimal(38, 2)) else cast(round(unit_fee * units, 2) as decimal(38, 2)) end as fee_amount
from modified
