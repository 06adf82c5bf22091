-- kept
-- The rule of each kind that holds for a claim: the first of its contract, as written, that covers it on its day.
select claim_key, kind, rule_key, share, take_order
from (
  select
    d.claim_key, r.kind, r.rule_key, r.share, r.take_order,
    row_number() over (partition by d.claim_key, r.kind order by r.rule_key) as place
  from due_claims as d
  inner join payment_rules as r
    on r.contract_id = d.contract_id and r.version_no = d.version_no
    and (r.first_day is null or d.rule_day >= r.first_day) and (r.last_day is null or d.rule_day <= r.last_day)
  left join due_misses as m on m.claim_key = d.claim_key and m.rule_key = r.rule_key
  where m.claim_key is null
) as ranked
where place = 1
