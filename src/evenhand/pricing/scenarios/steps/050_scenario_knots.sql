-- Lines whose prices hang together, claim by claim in line order: ranked with another, or held to the claim's charges.
select
    a.claim_key, a.line_key, a.line_no, a.version_id, a.term_id, a.piece_key, a.units, coalesce(a.charge, 0) as charge, a.ranks, a.counts,
    coalesce(a.expected, 0) as expected,
    dense_rank() over (partition by a.claim_key order by a.service_day) as day_no
from scenario_atoms as a
where not a.is_plain
