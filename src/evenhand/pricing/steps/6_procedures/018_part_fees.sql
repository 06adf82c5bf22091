-- needs contract_parts
-- What is left of each line whose parts are ranked.
select
    l.line_key, l.claim_key, l.line_no, l.units, l.charge_amount, l.answer_key,
    case
        when c.line_key is null then l.fee_amount
        else cast(l.fee_amount + c.cut_amount as decimal(18, 2))
    end as fee_amount, c.cut_amount as reduction_amount,
    case
        when c.line_key is not null
            then substr(
                coalesce(', practice expense ' || cast(c.practice_expense as varchar), '')
                || coalesce(', professional ' || cast(c.professional as varchar), '')
                || coalesce(', technical ' || cast(c.technical as varchar), ''), 3
            )
    end as reduction
from part_lines as l
left join part_reductions as c on c.line_key = l.line_key
