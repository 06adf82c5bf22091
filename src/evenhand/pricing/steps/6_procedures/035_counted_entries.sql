-- needs contract_rankings
-- What takes one rank, and which: the procedure's own, or counted by units where others take several. A view of its own: read
-- twice within one query it would be held in memory first.
select r.*, coalesce(u.last_rank, r.procedure_rank) as counted_rank
from ranked_entries as r
left join unit_ranks as u on u.line_key = r.line_key
where u.line_key is null or u.entries = 1
