-- How many procedures are ranked together on each day of each claim.
select
    l.claim_key, l.service_day, count(case when a.line_key is null then 1 end) as ranked,
    count(a.line_key) as ranked_apart
from scenario_lines as l
left join scenario_apart_lines as a on a.line_key = l.line_key
where l.procedure_rank is not null
group by l.claim_key, l.service_day
