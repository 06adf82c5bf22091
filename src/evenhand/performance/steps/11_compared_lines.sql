-- Which comparison each compared line belongs to.
select n.line_key, n.claim_key, case when n.grouped = 1 then g.comparison_key else n.line_key end as comparison_key
from grouped_lines as n
left join claim_groups as g on g.claim_key = n.claim_key and n.grouped = 1
