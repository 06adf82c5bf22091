-- kept
-- The lines with a price, each with its piece, and whether its price hangs on its own rate alone.
select
    l.line_key, l.claim_key, l.line_no, l.service_day, l.version_id, l.term_id, p.piece_key, l.units, l.expected,
    case when l.lesser_of is null and not t.of_charges then 0 else l.charge end as charge,
    l.procedure_rank is not null as ranks, l.outcome = 'priced' as counts,
    l.ranked < 2 and (coalesce(l.lesser_of, '') <> 'claim' or l.priced < 2) as is_plain
from scenario_lines as l
inner join scenario_terms as t on t.term_id = l.term_id
inner join scenario_pieces as p
    on p.term_id = l.term_id and p.code = l.code and p.basis = l.basis and p.escalation = l.escalation
    and p.modifier_factor = l.modifier_factor
where not l.is_strange and (l.outcome = 'priced' or l.procedure_rank is not null)
