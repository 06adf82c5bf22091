-- kept
-- needs contract_claim_terms
-- The claim-level term of a claim: the first that covers at least one of its lines; one by DRG needs the DRG in its table.
select claim_key, min(term_key) as term_key
from (
    select f.claim_key, t.term_key
    from (
        select m.service_key, c.term_key
        from matches as m
        inner join contract_claim_terms as w on w.term_key = m.selector_key
        inner join contract_terms as c on c.term_key = w.term_key and c.schedule_key is null
    ) as t
    inner join answers as a on a.service_key = t.service_key
    inner join line_fees as f on f.answer_key = a.answer_key
    union all
    select claim_key, term_key from drg_rates
) as covering
group by claim_key
