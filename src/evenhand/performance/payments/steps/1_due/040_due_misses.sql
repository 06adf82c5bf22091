-- Rules that do not cover a claim: a condition does not hold, or one that must not hold does.
select distinct d.claim_key, t.rule_key
from due_claims as d
inner join payment_tests as t on t.contract_id = d.contract_id and t.version_no = d.version_no
left join due_hits as h on h.claim_key = d.claim_key and h.test_key = t.test_key
where (t.negated and h.test_key is not null) or (not t.negated and h.test_key is null)
