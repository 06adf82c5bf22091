-- kept
-- Each line of the contract asked about, and whether something about it is not known here.
select
    p.line_key, p.claim_key, coalesce(l.claim_line_number, 2147483647) as line_no,
    v.version_id, t.term_id, v.lesser_of, v.multiplies, t.of_charges, p.outcome, p.procedure_rank,
    coalesce(l.service_date, case
        when c.claim_type = 'institutional' then coalesce(c.admission_date, c.claim_start_date)
        else c.claim_start_date
    end) as service_day,
    coalesce(t.claim_level, false) as is_head,
    ',' || upper(replace(coalesce(l.modifiers, ''), ' ', '')) || ',' as modifiers,
    case when t.by_schedule then upper(trim(coalesce(l.hcpcs_code, ''))) else '' end as code,
    case when t.of_charges then 0 else coalesce(p.basis_amount, 0) end as basis,
    coalesce(p.escalation, 1) as escalation, coalesce(p.modifier_factor, 1) as modifier_factor,
    case when p.per in ('unit', 'day') then p.units else 1 end as units,
    l.charge_amount, p.expected_amount,
    not v.known or p.term_no is not null and not coalesce(t.known, false)
    or p.outcome not in ('priced', 'included', 'excluded', 'no term', 'no charge', 'no date')
    or p.outcome in ('included', 'excluded') and p.expected_amount <> 0
    or coalesce(abs(p.units), 0) >= 1000000 or coalesce(abs(l.charge_amount), 0) >= 1000000000
    or coalesce(abs(p.fee_amount), 0) >= 1000000000 or coalesce(p.unit_rate, 0) < 0
    -- a fee so small that it is rounded to nothing may rank once its rate is higher
    or v.multiplies and p.procedure_rank is null and coalesce(p.fee_amount, 1) = 0 and coalesce(p.units, 0) > 0
        and coalesce(p.unit_rate, 0) > 0 and coalesce(p.modifier_factor, 0) > 0 as is_unknown
from priced_lines as p
inner join scenario_versions as v on v.contract_id = p.contract_id and v.version_no = p.version_no
left join scenario_terms as t on t.version_id = v.version_id and t.term_no = p.term_no
inner join service_lines as l on l.line_key = p.line_key
inner join service_claims as c on c.claim_key = p.claim_key
