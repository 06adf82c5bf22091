-- needs claim_adjustments
-- The adjustments of each claim, for all to read: the sum of line prices and these is the price of the claim.
select
    claim_key, line_key, position, kind, name, cite, basis_amount, percent, units, threshold_amount, replaced_amount,
    amount
from claim_adjustments
