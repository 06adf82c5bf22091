-- One claim with the contract chosen for it, and what was considered.
select
    p.*, c.claim_id, c.claim_type, c.payer, c.product, c.claim_start_date, s.state, s.allowed_amount,
    cast(s.allowed_amount - p.expected_amount as decimal(18, 2)) as variance_amount
from priced_claims as p
inner join service_claims as c on c.claim_key = p.claim_key
left join settled_claims as s on s.claim_key = p.claim_key
where p.claim_key = $1
