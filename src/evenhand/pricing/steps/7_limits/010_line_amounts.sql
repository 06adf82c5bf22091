-- Each line's fee after ranking, or its part in the claim-level price, and the charge that may limit it.
with lines as (
    select
        f.line_key, f.claim_key, f.line_no, case when i.line_key is null then coalesce(v.units, f.units) else f.units end as units,
        f.charge_amount, f.answer_key,
        case when b.line_key is null then coalesce(v.fee_amount, f.fee_amount) else cast(0 as decimal(18, 2)) end as fee_amount,
        v.basis_amount, v.all_units, v.unit_rate,
        null as procedure_rank,
        null as procedure_factor, null as reduction_amount, b.reason as reduction,
        b.line_key is not null as bundled, i.term_key as claim_term_key, i.place
    from line_fees as f
    left join included_lines as i on i.line_key = f.line_key
    left join fees_apart as v on v.line_key = f.line_key
    left join unpaid_beside as b on b.line_key = f.line_key
    where i.line_key is not null or b.line_key is not null or not (coalesce(f.ranks, false) and coalesce(f.fee_amount, 0) > 0)
    union all
    select
        line_key, claim_key, line_no, units, charge_amount, answer_key,
        fee_amount, null, null, null, procedure_rank, procedure_factor, reduction_amount, reduction, false, null, null
    from ranked_lines
)
select
    l.line_key, l.claim_key, a.version_key, a.service_key, l.line_no, l.charge_amount, l.claim_term_key, l.place,
    case when l.place is null and l.units > a.most_units then a.most_units else l.units end as units,
    l.procedure_rank, l.procedure_factor, l.reduction_amount,
    case
        when d.line_key is not null and l.place is null and a.method in ('fee_schedule', 'percent_of', 'amount')
            then coalesce(l.reduction, 'second side')
        when a.both_sides and l.place is null then coalesce(l.reduction, 'both sides')
        else l.reduction
    end as reduction,
    a.term_key, a.method, coalesce(l.all_units, a.percent) as percent, coalesce(l.basis_amount, a.basis_amount) as basis_amount,
    a.escalation, coalesce(l.unit_rate, a.unit_rate) as unit_rate, a.modifier_factor, a.tier,
    case when l.place is null then a.lesser_of else p.lesser_of end as lesser_of,
    case
        when l.place is null then l.fee_amount
        when l.place = 1 then p.fee_amount
        when p.outcome in ('priced', 'excluded') then cast(0 as decimal(18, 2))
    end as fee_amount,
    case when l.place = 1 then p.charge_amount when l.place is null then l.charge_amount end as limit_charge,
    case
        when l.place = 1 then p.outcome
        when l.place > 1 then case when p.outcome = 'priced' then 'included' else p.outcome end
        when a.term_key is null then 'no term'
        when a.method = 'excluded' then 'excluded'
        when a.method = 'packaged' or l.bundled then 'included'
        when a.method = 'capitation' then 'capitated'
        when l.fee_amount is null and a.method = 'percent_of_invoice' then 'no invoice'
        when l.fee_amount is null and a.method <> 'percent_of_charges'
            then case
                when a.escalation is null then 'no index'
                when a.method = 'anesthesia' then 'no time'
                else 'out of range'
            end
        when l.fee_amount is null or (a.lesser_of is not null and l.charge_amount is null) then 'no charge'
        else 'priced'
    end as outcome
from lines as l
left join answers as a on a.answer_key = l.answer_key
left join second_sides as d on d.line_key = l.line_key
left join claim_prices as p on p.claim_key = l.claim_key and l.place is not null
