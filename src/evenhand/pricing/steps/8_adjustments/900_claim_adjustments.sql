-- kept
-- Every amount that is no line's own fee: one row for each, on the first line of what it concerns, in the order of
-- `position`. An amount that could not be worked out, because a charge is missing, is null.
select
    claim_key, line_key, position, 'stop-loss' as kind, name, cite, basis_amount, percent, units, threshold_amount,
    replaced_amount, amount
from stop_losses
