-- Claims of the days chosen that were paid or allowed, of the payer meant (asked = 1) and of others: what was allowed, and
-- whether there was emergency care (revenue centre 045x, place of service 23, codes 99281 to 99285).
select
  w.asked, coalesce(c.product, 'not stated') as product, c.member_id, s.allowed_amount,
  case when e.claim_key is null then 0 else 1 end as emergency
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
where s.allowed_amount > 0
  and s.state in ('paid', 'cost share', 'partly denied')
