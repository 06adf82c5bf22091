-- kept
-- needs contract_adjusters
-- Every amount that is no line's own fee: one row for each, on the first line of what it concerns, in the order of
-- `position`. An amount that could not be worked out, because a charge is missing, is null.
select
    claim_key, line_key, position, 'stop-loss' as kind, name, cite, basis_amount, percent, units, threshold_amount,
    replaced_amount, amount
from stop_losses
union all
select claim_key, line_key, 1, 'outlier', name, cite, basis_amount, percent, null, threshold_amount, null, amount
from outliers
union all
select claim_key, line_key, position, kind, name, cite, basis_amount, null, null, null, replaced_amount, amount
from line_limits
union all
select claim_key, line_key, position, kind, name, cite, basis_amount, null, null, null, replaced_amount, amount
from claim_holds
union all
select
    claim_key, line_key, 901, 'lesser of', 'lesser of charges', null, charge_amount, null, null, null, amount,
    cast(charge_amount - amount as decimal(18, 2))
from claim_amounts
where amount > charge_amount
