-- kept
-- Parts of a split: what is left goes to a line of the same code that was answered for less than its charge, if the
-- part still fits. The same day first.
with matched as (
    select remit_line_key, line_key from by_control_number
    union all
    select remit_line_key, line_key from by_code_and_modifiers
    union all
    select remit_line_key, line_key from by_code_and_charge
    union all
    select remit_line_key, line_key from by_code_and_day
    union all
    select remit_line_key, line_key from by_code
),
open_remit_lines as (
    select r.*
    from remit_lines_to_match as r
    left join matched as m on m.remit_line_key = r.remit_line_key
    where m.remit_line_key is null
),
answered as (
    select m.line_key, sum(r.charge_amount) as answered_charge
    from matched as m
    join remit_lines_to_match as r on r.remit_line_key = m.remit_line_key
    group by m.line_key
),
ranked as (
    select r.remit_line_key, l.line_key, row_number() over (
            partition by r.remit_line_key
            order by case when l.service_date = r.service_date then 0 else 1 end, l.claim_line_number, l.line_key
        ) as rank_no
    from open_remit_lines as r
    join claim_lines_to_match as l on l.claim_key = r.claim_key and l.code = r.code
    join answered as a on a.line_key = l.line_key
    where r.charge_amount <= l.charge_amount - a.answered_charge
)
select remit_line_key, line_key, 'code' as match_method
from ranked
where rank_no = 1
