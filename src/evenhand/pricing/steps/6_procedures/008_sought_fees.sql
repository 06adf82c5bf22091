-- kept
-- needs sought_rates
-- What the line would have been paid by that rate: times the same share, escalator, modifiers and units.
with rated as (
    select
        f.line_key, f.way, a.per, a.escalation, a.modifier_factor,
        case when f.units > a.most_units then a.most_units else f.units end as units,
        a.per = 'unit' and f.amount <> round(f.amount, 2) as fine,
        cast(f.amount as decimal(19, 6)) * coalesce(a.percent, cast(1 as decimal(12, 6))) as plain_rate
    from sought_rates as f
    inner join answers as a on a.answer_key = f.answer_key
),
-- in cents at each step, but for a rate with fractions of a cent
held as (
    select *,
        case
            when fine then cast(round(plain_rate, 6) as decimal(19, 6))
            else cast(round(plain_rate, 2) as decimal(19, 6))
        end as held_rate
    from rated
),
escalated as (
    select *,
        case
            when fine then cast(round(held_rate * escalation, 6) as decimal(19, 6))
            else cast(round(held_rate * escalation, 2) as decimal(19, 6))
        end as unit_rate
    from held
),
modified as (
    select *,
        case
            when fine then cast(round(unit_rate * modifier_factor, 6) as decimal(19, 6))
            else cast(round(unit_rate * modifier_factor, 2) as decimal(19, 6))
        end as unit_fee
    from escalated
)
select
    line_key, way, unit_fee,
    case
        when per = 'line' then cast(round(unit_fee, 2) as decimal(38, 2))
        else cast(round(unit_fee * units, 2) as decimal(38, 2))
    end as fee_amount
from modified
