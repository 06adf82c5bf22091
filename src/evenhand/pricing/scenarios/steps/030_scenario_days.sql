-- How many procedures are ranked together on each day of each claim.
select claim_key, service_day, count(*) as ranked
from scenario_lines
where procedure_rank is not null
group by claim_key, service_day
