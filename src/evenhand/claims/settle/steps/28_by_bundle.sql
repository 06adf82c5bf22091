-- kept
-- Several billed lines paid as one: when one remittance line is left over and its charge is the sum of all billed
-- lines left over, the first of them takes it.
with open_remit_lines as (
    select r.claim_key, min(r.remit_line_key) as remit_line_key, sum(r.charge_amount) as charge_amount
    from remit_lines_to_match as r
    left join matches_so_far as m on m.remit_line_key = r.remit_line_key
    where m.remit_line_key is null
    group by r.claim_key
    having count(*) = 1
),
open_lines as (
    select
        l.claim_key, l.line_key,
        sum(l.charge_amount) over (partition by l.claim_key) as charge_amount,
        row_number() over (partition by l.claim_key order by l.claim_line_number, l.line_key) as nth
    from claim_lines_to_match as l
    left join matches_so_far as m on m.line_key = l.line_key
    where m.line_key is null
)
select r.remit_line_key, l.line_key, 'bundle' as match_method
from open_remit_lines as r
join open_lines as l on l.claim_key = r.claim_key and l.charge_amount = r.charge_amount and l.nth = 1
