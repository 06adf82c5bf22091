-- kept
-- Of what is left: same code, modifiers, charge and day; the first with the first, the second with the second.
with matched as (
    select remit_line_key, line_key from by_control_number
),
open_remit_lines as (
    select r.*, row_number() over (
            partition by r.claim_key, r.code, r.modifiers, r.charge_amount, r.service_date
            order by r.remit_line_number, r.remit_line_key
        ) as nth
    from remit_lines_to_match as r
    left join matched as m on m.remit_line_key = r.remit_line_key
    where m.remit_line_key is null
),
open_lines as (
    select l.*, row_number() over (
            partition by l.claim_key, l.code, l.modifiers, l.charge_amount, l.service_date
            order by l.claim_line_number, l.line_key
        ) as nth
    from claim_lines_to_match as l
    left join matched as m on m.line_key = l.line_key
    where m.line_key is null
)
select r.remit_line_key, l.line_key, 'code and charge' as match_method
from open_remit_lines as r
join open_lines as l
    on l.claim_key = r.claim_key and l.code = r.code and l.modifiers = r.modifiers
    and l.charge_amount = r.charge_amount and l.service_date = r.service_date and l.nth = r.nth
