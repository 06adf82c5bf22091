-- For two terms that cover the same lines: the lines that went to the one.
select
  c.contract_id, w.term as winner, l.term as loser, min(w.term_no) as winner_no, min(l.term_no) as loser_no,
  case
    when w.claim_level and not l.claim_level then 'pays the claim as one'
    when l.claim_level and not w.claim_level then 'is paid apart from the claim'
    else 'stands earlier'
  end as why,
  count(distinct c.line_key) as lines, count(distinct c.claim_key) as claims,
  sum(coalesce(c.charge_amount, 0.00)) as charges, sum(coalesce(c.expected_amount, 0.00)) as expected
from contests as c
inner join contract_terms as w on w.term_key = c.winner_key
inner join contract_terms as l on l.term_key = c.loser_key
group by
  c.contract_id, w.term, l.term,
  case
    when w.claim_level and not l.claim_level then 'pays the claim as one'
    when l.claim_level and not w.claim_level then 'is paid apart from the claim'
    else 'stands earlier'
  end
