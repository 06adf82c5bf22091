-- kept
-- needs invoice_lines or anesthesia_lines
-- Lines whose fee is made in a way of its own, and what it is made of.
select
    line_key, invoice_amount as basis_amount, cast(null as decimal(12, 6)) as all_units,
    cast(null as decimal(18, 2)) as unit_rate, cast(null as decimal(18, 3)) as units, fee_amount
from invoice_lines
union all
select line_key, basis_amount, all_units, unit_rate, units, fee_amount
from anesthesia_lines
