-- kept
-- needs contract_adjusters
-- The priced lines of claims whose contract adjusts claims as a whole; of no other claim. `carved` lines are paid in
-- addition to the rate of the claim, `protected` ones take part in a stop-loss.
select
    p.line_key, p.claim_key, p.version_key, p.line_no, p.service_key, p.place, p.claim_term_key,
    coalesce(p.claim_term_key, p.term_key) as term_key, p.charge_amount, p.expected_amount,
    p.place is null and p.outcome = 'included' as packaged,
    p.place is null and (coalesce(o.carve_out, false) or x.claim_key is not null) as carved,
    coalesce(t.counts_to_stop_loss, true) as protected
from line_prices as p
inner join (select distinct version_key from contract_adjusters) as r on r.version_key = p.version_key
left join claim_prices as x on x.claim_key = p.claim_key and x.outcome = 'priced'
left join contract_terms as o on o.term_key = p.term_key
left join contract_terms as t on t.term_key = coalesce(p.claim_term_key, p.term_key)
where p.outcome in ('priced', 'included')
