-- kept
-- First and surest: the line control number. Several remittance lines may answer one line (a split).
select r.remit_line_key, min(l.line_key) as line_key, 'control number' as match_method
from remit_lines_to_match as r
join claim_lines_to_match as l on l.claim_key = r.claim_key and l.control_number = r.control_number
group by r.remit_line_key
