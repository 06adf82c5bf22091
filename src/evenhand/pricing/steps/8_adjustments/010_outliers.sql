-- kept
-- needs contract_adjusters
-- Cost outliers: none until a contract's terms say so.
select
    claim_key, line_key, cast(0 as int) as position, 'outlier' as kind, '' as name, '' as cite,
    cast(0 as decimal(18, 2)) as basis_amount, cast(0 as decimal(12, 6)) as percent, cast(0 as decimal(18, 3)) as units,
    cast(0 as decimal(18, 2)) as threshold_amount, cast(0 as decimal(18, 2)) as replaced_amount,
    cast(0 as decimal(18, 2)) as amount
from adjustable_lines
where false
