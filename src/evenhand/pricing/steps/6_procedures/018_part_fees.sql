-- kept
-- needs contract_parts
-- What is left of each line, and by which parts it was cut, each with its place among those of its kind.
select
    l.line_key, l.claim_key, l.line_no, l.units, l.charge_amount, l.answer_key,
    cast(l.fee_amount + coalesce(c.cut_amount, 0) as decimal(18, 2)) as fee_amount, c.cut_amount as reduction_amount,
    c.reduction
from part_lines as l
left join (
    select
        line_key, cast(sum(cut_amount) as decimal(18, 2)) as cut_amount,
        string_agg(part || ' ' || cast(place as varchar), ', ' order by part) as reduction
    from part_cuts
    where cut_amount <> 0
    group by line_key
) as c on c.line_key = l.line_key
