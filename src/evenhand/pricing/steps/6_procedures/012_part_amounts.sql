-- needs contract_parts
-- How many ranks each line takes (one, or one for each unit), what each is paid in full, and the other amounts known of it.
select
    l.line_key, l.kind, l.entries, case when l.entries > 1 then l.unit_fee else l.fee_amount end as entry_fee,
    case when l.entries > 1 then round(t.unit_fee, 2) else t.fee_amount end as technical,
    case when l.entries > 1 then round(p.unit_fee, 2) else p.fee_amount end as professional,
    case when l.entries > 1 then round(r.unit_fee, 2) else r.fee_amount end as reduced
from (
    select *,
        case
            when unit_fee is not null and paid_units >= 1 and paid_units < 10000 and round(paid_units, 0) = paid_units
                then paid_units
            else cast(1 as decimal(18, 3))
        end as entries
    from part_lines
    where not uncontested
) as l
left join sought_fees as t on t.line_key = l.line_key and t.way = 'TC'
left join sought_fees as p on p.line_key = l.line_key and p.way = '26'
left join sought_fees as r on r.line_key = l.line_key and r.way = 'reduced'
