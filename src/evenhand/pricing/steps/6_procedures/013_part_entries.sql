-- needs contract_parts
-- The parts of a line. A whole is split by the rate of its technical part, or else of its professional one, and the rest
-- is the other; without either it has no parts. The practice expense is what the reduced amount lacks.
with held as (
    select
        line_key, kind, entries, entry_fee,
        case when technical > entry_fee then entry_fee else technical end as technical,
        case when professional > entry_fee then entry_fee else professional end as professional,
        case when reduced > entry_fee then entry_fee else reduced end as reduced
    from part_amounts
)
select
    line_key, entries, 'technical' as part,
    case
        when kind = 'technical' then entry_fee
        when kind = 'whole' then coalesce(technical, entry_fee - professional)
    end as amount
from held
union all
select
    line_key, entries, 'professional',
    case
        when kind = 'professional' then entry_fee
        when kind = 'whole' then coalesce(entry_fee - technical, professional)
    end
from held
union all
select line_key, entries, 'practice expense', entry_fee - reduced from held
