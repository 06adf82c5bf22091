-- Claims whose remittance tells one allowed amount for the claim and none for its lines. The amount stands
-- on the claim's first line and the others get nothing, so that sums over the claim are right.
select c.claim_key, c.allowed_amount, min(l.line_key) as first_line_key
from settled_claims as c
inner join settled_lines as l on l.claim_key = c.claim_key
where c.judged and c.allowed_method = 'claim level' and c.allowed_amount is not null
group by c.claim_key, c.allowed_amount
having sum(case when l.allowed_amount is not null then 1 else 0 end) = 0
