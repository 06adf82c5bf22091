-- kept
-- needs claim_terms
-- Lines whose own price gives way to the claim-level one: all but carve-outs, named exceptions and exclusions.
-- Of a claim that is paid nothing, all but the named exceptions; never a room line that a per diem has no level for.
select
    f.line_key, f.claim_key, f.charge_amount, c.term_key,
    row_number() over (partition by f.claim_key order by f.line_no, f.line_key) as place
from line_fees as f
inner join claim_terms as c on c.claim_key = f.claim_key
inner join contract_terms as x on x.term_key = c.term_key
inner join answers as a on a.answer_key = f.answer_key
left join contract_terms as t on t.term_key = a.term_key
left join contract_excepts as e on e.term_key = c.term_key and e.line_term_key = a.term_key
left join unlevelled_rooms as u on u.line_key = f.line_key
where u.line_key is null and (
    t.term_key is null
    or (e.term_key is null and (x.method = 'excluded' or not (t.carve_out or t.method in ('excluded', 'capitation'))))
)
