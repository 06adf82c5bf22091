-- kept
-- The lines with a price, each with its piece, and whether its price hangs on its own rate alone.
select
    l.line_key, l.claim_key, l.line_no, l.service_day, l.version_id, l.term_id, p.piece_key, l.units, l.expected_amount,
    case
        when l.lesser_of is null and not l.of_charges then 0
        when l.is_head then c.inside
        else l.charge_amount
    end as charge_amount,
    case when a.line_key is null then 0 else 1 end as apart, l.procedure_rank is not null as ranks, l.outcome = 'priced' as counts,
    (l.procedure_rank is null or case when a.line_key is null then d.ranked else d.ranked_apart end < 2) and (coalesce(l.lesser_of, '') <> 'claim' or c.priced < 2) as is_plain
from scenario_lines as l
inner join scenario_claims as c on c.claim_key = l.claim_key and not c.is_strange
inner join scenario_pieces as p
    on p.term_id = l.term_id and p.code = l.code and p.basis = l.basis and p.escalation = l.escalation
    and p.modifier_factor = l.modifier_factor
left join scenario_apart_lines as a on a.line_key = l.line_key
left join scenario_days as d on d.claim_key = l.claim_key and d.service_day is not distinct from l.service_day
where l.outcome = 'priced' or l.procedure_rank is not null
