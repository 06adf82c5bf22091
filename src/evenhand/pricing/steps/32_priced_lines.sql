-- Every line with its price and how it came about: the columns are the explanation.
select
    p.line_key, p.claim_key, v.contract_id, v.version_no, p.outcome,
    t.term_no, t.term, t.cite, t.method, t.per,
    case when p.claim_term_key is null then t.schedule end as schedule,
    case
        when p.place = 1 then coalesce(x.amount, case when t.method = 'percent_of_charges' then x.charge_amount end)
        when p.claim_term_key is null and t.method = 'percent_of_charges' then p.charge_amount
        else a.basis_amount
    end as basis_amount,
    case when p.place = 1 or p.claim_term_key is null then t.percent end as percent,
    case when p.place = 1 then x.escalation else a.escalation end as escalation,
    case when p.place = 1 then x.unit_rate else a.unit_rate end as unit_rate,
    case when p.place = 1 then x.units else p.units end as units,
    a.modifier_factor, p.procedure_rank, p.procedure_factor, p.fee_amount, p.lesser_of, p.limit_amount, p.expected_amount
from line_prices as p
inner join contract_versions as v on v.version_key = p.version_key
left join answers as a on a.answer_key = p.answer_key and p.claim_term_key is null
left join claim_prices as x on x.claim_key = p.claim_key and p.place = 1
left join contract_terms as t on t.term_key = coalesce(p.claim_term_key, a.term_key)
union all
select
    l.line_key, l.claim_key, null, null, c.outcome,
    null, null, null, null, null, null, null, null, null, null, coalesce(l.units, 1),
    null, null, null, null, null, null, null
from service_lines as l
inner join claim_facts as f on f.claim_key = l.claim_key and f.version_key is null
inner join contract_choices as c on c.party_key = f.party_key
