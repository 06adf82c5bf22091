-- kept
-- The claim-level term of a claim: the first that covers at least one of its lines; one by DRG needs the DRG in its table.
select claim_key, min(term_key) as term_key
from (
    select f.claim_key, t.term_key
    from line_fees as f
    inner join (
        select m.service_key, c.term_key
        from matches as m
        inner join contract_terms as c on c.term_key = m.selector_key and c.claim_level and c.schedule_key is null
    ) as t on t.service_key = f.service_key
    union all
    select claim_key, term_key from drg_rates
) as covering
group by claim_key
