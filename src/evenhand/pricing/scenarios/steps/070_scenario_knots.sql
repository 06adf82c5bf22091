-- Lines whose prices hang together: ranked with another, or held to the charges of their claim.
select
    claim_key, line_no, line_key, service_day, version_id, term_id, piece_key, units,
    coalesce(charge_amount, 0) as charge_amount, ranks, apart, counts, coalesce(expected_amount, 0) as expected_amount
from scenario_atoms
where not is_plain
