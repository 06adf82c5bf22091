-- The same for each product of the payer that is meant.
select
  coalesce(c.product, 'not stated') as product,
  count(*) as claims,
  count(distinct c.member_id) as patients,
  sum(s.allowed_amount) as allowed,
  sum(case when e.claim_key is null then 0 else 1 end) as emergencies
from service_claims c
join walked_payers w on w.payer = coalesce(c.payer, '') and w.payer_id = coalesce(c.payer_id, '')
join walked_days d on c.claim_start_date >= d.first_day and c.claim_start_date <= d.last_day
join settled_claims s on s.claim_key = c.claim_key
left join (
  select distinct claim_key
  from service_lines
  where revenue_center_code between '0450' and '0459'
    or place_of_service_code = '23'
    or hcpcs_code between '99281' and '99285'
) e on e.claim_key = c.claim_key
where w.asked = 1
  and s.allowed_amount > 0
  and s.state in ('paid', 'cost share', 'partly denied')
group by coalesce(c.product, 'not stated')
