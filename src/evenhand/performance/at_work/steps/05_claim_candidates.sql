-- kept
-- The claim-level terms that cover something of a claim, and whether one pays the claim (or part of it).
select s.claim_key, m.selector_key as term_key, max(case when w.winner_key = m.selector_key then 1 else 0 end) as pays
from service_lines_matched as s
inner join matches as m on m.service_key = s.service_key
inner join contract_terms as t on t.term_key = m.selector_key and t.claim_level
inner join (select distinct claim_key, winner_key from term_lines) as w on w.claim_key = s.claim_key
group by s.claim_key, m.selector_key
