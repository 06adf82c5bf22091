-- Each line with the comparison it belongs to: itself, or the group of lines that share one price.
select
  n.*,
  case when w.whole = 1 or n.whole_price = 1 then 1 else 0 end as grouped,
  case when n.why_not = 'denied' and w.by_case = 1 and n.whole_price = 1 then 1 else 0 end as harmless
from named_lines as n
inner join claim_ways as w on w.claim_key = n.claim_key
