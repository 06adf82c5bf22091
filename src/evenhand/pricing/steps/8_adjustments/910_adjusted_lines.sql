-- kept
-- needs contract_adjusters
-- What stands on each line besides its own fee.
select line_key, claim_key, cast(sum(amount) as decimal(18, 2)) as adjustment_amount
from claim_adjustments
where amount is not null
group by line_key, claim_key
