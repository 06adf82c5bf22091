-- How many claims and lines stand behind an ask.
select count(distinct l.claim_key) as claims, count(*) as lines
from service_lines as l
inner join priced_lines as p on p.line_key = l.line_key
where p.expected_amount is not null
