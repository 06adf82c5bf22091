-- Lines alike in price, units and charge, when their price hangs on nothing else.
select
    term_id, piece_key, ranks, units, charge_amount, count(*) as lines,
    min(expected_amount) as lowest, max(expected_amount) as highest
from scenario_atoms
where is_plain and counts
group by term_id, piece_key, ranks, units, charge_amount
