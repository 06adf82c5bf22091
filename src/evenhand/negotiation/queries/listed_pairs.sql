-- Each listed rate under both, where both price it by a stated rate.
select
  l.hcpcs_code as code, l.modifiers as modifier, l.setting,
  t.unit_rate as today_rate, c.term as current_term, c.unit_rate as current_rate, o.term as offer_term, o.unit_rate as offer_rate
from service_lines as l
inner join current_lines as c on c.line_key = l.line_key
inner join today_lines as t on t.line_key = l.line_key
inner join offer_lines as o on o.line_key = l.line_key
where c.unit_rate > 0 and t.unit_rate > 0 and o.unit_rate is not null
  and c.method in ('fee_schedule', 'percent_of', 'amount') and o.method in ('fee_schedule', 'percent_of', 'amount')
  and c.outcome = 'priced' and o.outcome = 'priced' and t.outcome = 'priced'
  and c.per in ('unit', 'line') and o.per in ('unit', 'line')
order by l.line_key
