-- Every line with its price and how it came about: the columns are the explanation.
select
    p.line_key, p.claim_key, v.contract_id, v.version_no, p.outcome,
    t.term_no, t.term, t.cite, t.method, t.per,
    case when p.place = 1 or p.place is null then t.schedule end as schedule,
    case
        when p.place = 1 then coalesce(x.amount, case when t.method = 'percent_of_charges' then x.charge_amount end)
        when p.place > 1 then null
        when p.method = 'percent_of_charges' then p.charge_amount
        else p.basis_amount
    end as basis_amount,
    case when p.place = 1 then x.percent when p.place is null then p.percent end as percent,
    case when p.place = 1 then x.escalation when p.place is null then p.escalation end as escalation,
    case when p.place = 1 then x.unit_rate when p.place is null then p.unit_rate end as unit_rate,
    case when p.place = 1 then x.units else p.units end as units,
    case when p.place is null then p.modifier_factor end as modifier_factor,
    p.procedure_rank, p.procedure_factor, p.reduction_amount, p.reduction, p.fee_amount, p.held_by as lesser_of, p.limit_amount,
    case
        when j.line_key is null then p.expected_amount
        else cast(p.expected_amount + j.adjustment_amount as decimal(18, 2))
    end as expected_amount,
    j.adjustment_amount, x.transfer_factor, case when p.place is null then p.tier end as tier
from line_prices as p
left join contract_versions as v on v.version_key = p.version_key
left join claim_prices as x on x.claim_key = p.claim_key and p.place = 1
left join contract_terms as t on t.term_key = coalesce(p.claim_term_key, p.term_key)
left join adjusted_lines as j on j.line_key = p.line_key
union all
select
    l.line_key, l.claim_key, null, null, c.outcome,
    null, null, null, null, null, null, null, null, null, null, coalesce(l.units, 1),
    null, null, null, null, null, null, null, null, null, null, null, null
from service_lines as l
inner join claim_facts as f on f.claim_key = l.claim_key and f.version_key is null
inner join contract_choices as c on c.party_key = f.party_key
