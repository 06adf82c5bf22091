-- kept
-- needs contract_families or contract_parts
-- What a unit would have been paid by that rate: times the same share, escalator and modifiers; by line, where the term pays
-- lines. `whole_fee` is what one unit comes to in cents.
with rated as (
    select
        f.answer_key, f.way, f.from_day, f.to_day, a.per = 'line' as by_line, a.escalation, a.modifier_factor,
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
    answer_key, way, from_day, to_day, by_line, unit_fee, cast(round(unit_fee, 2) as decimal(18, 2)) as whole_fee
from modified
