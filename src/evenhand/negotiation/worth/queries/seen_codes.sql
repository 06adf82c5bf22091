-- What of each code was billed to this payer in the year before and in the days valued.
select
  case when c.claim_start_date >= d.split_day then 1 else 0 end as valued,
  l.hcpcs_code, count(*) as lines, sum(l.units) as units, sum(l.charge_amount) as charges
from service_lines as l
inner join service_claims as c on c.claim_key = l.claim_key
cross join worth_days as d
inner join worth_payers as p on p.payer = coalesce(c.payer, '') and p.payer_id = coalesce(c.payer_id, '')
where c.claim_start_date >= d.first_day and c.claim_start_date <= d.last_day
group by case when c.claim_start_date >= d.split_day then 1 else 0 end, l.hcpcs_code
order by valued, hcpcs_code
