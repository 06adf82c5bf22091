-- kept
-- Ranked lines with a modifier whose lines are ranked by themselves, such as an assistant's.
select distinct l.line_key
from scenario_lines as l
inner join scenario_apart as a on a.version_id = l.version_id and l.modifiers like '%,' || a.modifier || ',%'
where l.procedure_rank is not null and l.modifiers <> ',,'
