-- kept
-- needs contract_adjusters
-- Adjustable lines with what outliers, and limits by line, group and day, have made of them.
select a.*, cast(a.expected_amount + coalesce(s.amount, 0) as decimal(18, 2)) as amount_so_far
from adjustable_lines as a
left join (
    select line_key, cast(sum(amount) as decimal(18, 2)) as amount
    from (select line_key, amount from outliers union all select line_key, amount from line_limits) as adjusted
    group by line_key
) as s on s.line_key = a.line_key
