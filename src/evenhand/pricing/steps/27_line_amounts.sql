-- Each line's fee after ranking, or its part in the claim-level price, and the charge that may limit it.
select
    f.line_key, f.claim_key, f.version_key, f.line_no, f.units, f.charge_amount, f.answer_key,
    i.term_key as claim_term_key, i.place, r.procedure_rank, r.procedure_factor,
    case
        when i.place = 1 then p.fee_amount
        when i.place > 1 then case when p.outcome = 'priced' then cast(0 as decimal(18, 2)) end
        else coalesce(r.fee_amount, f.fee_amount)
    end as fee_amount,
    case when i.place = 1 then p.charge_amount when i.place is null then f.charge_amount end as limit_charge,
    case
        when i.place = 1 then p.outcome
        when i.place > 1 then case when p.outcome = 'priced' then 'included' else p.outcome end
        when f.answer_key is null then 'no term'
        when t.method = 'excluded' then 'excluded'
        when f.fee_amount is null or (v.lesser_of is not null and f.charge_amount is null) then 'no charge'
        else 'priced'
    end as outcome,
    v.lesser_of
from line_fees as f
inner join contract_versions as v on v.version_key = f.version_key
left join contract_terms as t on t.term_key = f.term_key
left join included_lines as i on i.line_key = f.line_key
left join claim_prices as p on p.claim_key = i.claim_key
left join procedure_ranks as r on r.line_key = f.line_key
