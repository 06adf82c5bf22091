-- needs contract_limits
-- What is held together, summed; it stands on its first line.
with numbered as (
    select
        *, row_number() over (
            partition by claim_key, limit_key, part_line_key, part_term_key, part_day order by line_no, line_key
        ) as nth
    from limited_lines
)
select
    claim_key, limit_key, max(case when nth = 1 then line_key end) as line_key,
    cast(sum(amount) as decimal(18, 2)) as amount, cast(sum(charge_amount) as decimal(18, 2)) as charge_amount,
    count(*) - count(charge_amount) as uncharged
from numbered
group by claim_key, limit_key, part_line_key, part_term_key, part_day
