-- kept
-- What the payer should pay, and the rule that says when.
select
  d.*, t.sequestration_rule, t.withhold_rule, t.sequestration, t.withhold,
  d.payer_share - t.sequestration - t.withhold as payment_due, r.rule_key as prompt_rule
from due_claims as d
inner join due_takings as t on t.claim_key = d.claim_key
left join due_rules as r on r.claim_key = d.claim_key and r.kind = 'prompt pay'
