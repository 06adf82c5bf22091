-- kept
-- The prices of one unit that occur, each once: what a scenario moves.
select
    row_number() over (order by term_id, code, basis, escalation, modifier_factor) - 1 as piece_key,
    term_id, code, basis, escalation, modifier_factor
from (
    select distinct term_id, code, basis, escalation, modifier_factor
    from scenario_lines
    where not is_strange and (outcome = 'priced' or procedure_rank is not null)
) as pieces
