-- kept
-- The claim-level term of a claim: the first that covers at least one of its lines.
select f.claim_key, min(t.term_key) as term_key
from line_fees as f
inner join (
    select m.service_key, c.term_key
    from matches as m
    inner join contract_terms as c on c.term_key = m.selector_key and c.claim_level
) as t on t.service_key = f.service_key
group by f.claim_key
