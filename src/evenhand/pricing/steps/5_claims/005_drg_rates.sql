-- kept
-- needs contract_claim_terms
-- Claims a term by DRG covers at least one line of, where its table has the DRG on the claim's day: weight or dollars.
select f.claim_key, t.term_key, min(r.rate_key) as rate_key, min(r.amount) as amount
from (
    select m.service_key, c.term_key, c.schedule_key
    from matches as m
    inner join contract_claim_terms as w on w.term_key = m.selector_key
    inner join contract_terms as c on c.term_key = w.term_key and c.schedule_key is not null
) as t
inner join answers as a on a.service_key = t.service_key
inner join line_fees as f on f.answer_key = a.answer_key
inner join classed_claims as k on k.claim_key = f.claim_key
inner join claim_classes as d on d.class_key = k.class_key
inner join contract_rates as r
    on r.schedule_key = t.schedule_key and r.code = upper(trim(d.drg)) and r.modifier = '' and r.setting = ''
    and r.from_day <= k.contract_day and k.contract_day < r.to_day
group by f.claim_key, t.term_key
