-- Lines without a price on one side or both, and lines left out with them.
select
  coalesce(hcpcs_code, revenue_center_code, 'none') as code,
  case when current_amount is null then current_outcome else 'priced' end as under_contract,
  case when offer_amount is null then offer_outcome else 'priced' end as under_offer,
  count(*) as lines, count(distinct claim_key) as claims, sum(charge_amount) as charges
from valued
where comparable = 0
group by
  coalesce(hcpcs_code, revenue_center_code, 'none'),
  case when current_amount is null then current_outcome else 'priced' end,
  case when offer_amount is null then offer_outcome else 'priced' end
