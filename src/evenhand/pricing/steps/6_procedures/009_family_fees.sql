-- kept
-- needs contract_families or contract_bilateral_lines
-- What each line of a family is paid before ranking: the first in full, others without the fee of the base they begin
-- with (in full where the base has none), the base itself nothing. The first line is ranked, for all the family comes to.
-- Both sides of a procedure are such a family, each paid as it stands.
with based as (
    select
        l.*,
        case
            when b.by_line then cast(b.whole_fee as decimal(38, 2))
            when l.units > a.most_units then cast(round(b.unit_fee * a.most_units, 2) as decimal(38, 2))
            else cast(round(b.unit_fee * l.units, 2) as decimal(38, 2))
        end as base_fee
    from family_lines as l
    inner join answers as a on a.answer_key = l.answer_key
    left join sought_fees as b
        on b.answer_key = l.answer_key and b.way = 'base' and l.code <> l.base
        and l.service_day >= b.from_day and l.service_day < b.to_day
),
reduced as (
    select
        *,
        case
            when place = 1 then fee_amount
            when code = base then cast(0 as decimal(18, 2))
            when base_fee is null then fee_amount
            when base_fee < fee_amount then cast(fee_amount - cast(base_fee as decimal(18, 2)) as decimal(18, 2))
            else cast(0 as decimal(18, 2))
        end as family_fee
    from based
)
select
    line_key, head_key, claim_key, line_no, units, charge_amount, answer_key, family_fee,
    case when place > 1 then cast(family_fee - fee_amount as decimal(18, 2)) end as reduction_amount,
    case when place > 1 then 'family ' || base end as reduction,
    cast(sum(family_fee) over (partition by head_key) as decimal(18, 2)) as total_amount
from reduced
union all
select
    f.line_key, s.first_key, f.claim_key, f.line_no, f.units, f.charge_amount, f.answer_key, f.fee_amount, null, null,
    cast(sum(f.fee_amount) over (partition by s.first_key) as decimal(18, 2))
from (
    select line_key, first_key from ranked_sides
    union all
    select first_key, first_key from ranked_sides
) as s
inner join line_fees as f on f.line_key = s.line_key
left join family_lines as l on l.line_key = s.line_key
where l.line_key is null
