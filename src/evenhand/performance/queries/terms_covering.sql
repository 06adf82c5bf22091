-- How many of the lines asked about each term covers, whether or not it pays them; with_rate: a line term that has
-- a rate for the line on its day.
select
  v.contract_id, t.term, count(distinct l.line_key) as lines,
  count(distinct case when a.term_key is not null then l.line_key end) as with_rate
from asked_lines as l
inner join service_lines_matched as s on s.line_key = l.line_key
inner join matches as m on m.service_key = s.service_key
inner join contract_terms as t on t.term_key = m.selector_key
inner join contract_versions as v on v.version_key = t.version_key
left join applicable_terms as a
  on a.service_key = s.service_key and a.term_key = t.term_key
  and s.service_day >= a.from_day and s.service_day < a.to_day
group by v.contract_id, t.term
