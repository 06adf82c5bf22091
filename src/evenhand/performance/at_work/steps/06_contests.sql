-- kept
-- Which other term covers a line too. A line term: on the day of the line. A claim-level term: where it covers
-- something of the claim; a line paid apart was in contest only with the one that pays the rest of its claim.
with by_line as (
  select distinct l.service_key, l.service_day, l.winner_key, a.term_key as loser_key
  from term_lines as l
  inner join applicable_terms as a
    on a.service_key = l.service_key and l.service_day >= a.from_day and l.service_day < a.to_day
    and a.term_key <> l.winner_key
)
select l.line_key, l.claim_key, l.contract_id, l.winner_key, b.loser_key, l.charge_amount, l.expected_amount
from term_lines as l
inner join by_line as b
  on b.service_key = l.service_key and b.service_day = l.service_day and b.winner_key = l.winner_key
union all
select l.line_key, l.claim_key, l.contract_id, l.winner_key, c.term_key, l.charge_amount, l.expected_amount
from term_lines as l
inner join claim_candidates as c on c.claim_key = l.claim_key and c.term_key <> l.winner_key
where l.claim_level or c.pays = 1
