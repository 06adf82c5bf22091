-- Why lines were denied: the reason code of the largest denying adjustment.
select
  payer, product_shown as product, coalesce(denial_group, '') as denial_group, coalesce(denial_reason, 'not stated') as reason,
  count(*) as lines, count(distinct claim_key) as claims, sum(charge_amount) as charges
from named_lines
where state = 'denied'
group by payer, product_shown, coalesce(denial_group, ''), coalesce(denial_reason, 'not stated')
