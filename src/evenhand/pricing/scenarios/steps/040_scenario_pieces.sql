-- kept
-- The prices of one unit that occur, each once, named after their first line: what a scenario moves.
select
    min(l.line_key) as piece_key, l.term_id, l.code, l.basis, l.escalation, l.modifier_factor
from scenario_lines as l
inner join scenario_claims as c on c.claim_key = l.claim_key and not c.is_strange
where l.outcome = 'priced' or l.procedure_rank is not null
group by l.term_id, l.code, l.basis, l.escalation, l.modifier_factor
