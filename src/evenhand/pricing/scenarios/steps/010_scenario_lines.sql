-- kept
-- Each line of the contracts asked about in whole cents, thousandths of units and so on, and whether its claim has to be
-- priced the long way because something about the line is not known here.
with lines as (
    select
        p.line_key, p.claim_key, coalesce(l.claim_line_number, 2147483647) as line_no,
        v.version_id, t.term_id, v.lesser_of, v.multiplies, p.outcome, p.procedure_rank,
        coalesce(l.service_date, case
            when c.claim_type = 'institutional' then coalesce(c.admission_date, c.claim_start_date)
            else c.claim_start_date
        end) as service_day,
        coalesce(t.claim_level, false) as is_head,
        case when t.by_schedule then upper(trim(coalesce(l.hcpcs_code, ''))) else '' end as code,
        case when p.method = 'percent_of_charges' then 0 else cast(coalesce(p.basis_amount, 0) * 10000 as bigint) end as basis,
        cast(coalesce(p.escalation, 1) * 100000000 as bigint) as escalation,
        cast(coalesce(p.modifier_factor, 1) * 1000000 as bigint) as modifier_factor,
        case when p.per in ('unit', 'day') and abs(p.units) < 1000000 then cast(p.units * 1000 as bigint) else 1000 end as units,
        case when abs(l.charge_amount) < 1000000000 then cast(l.charge_amount * 100 as bigint) end as charge,
        cast(p.expected_amount * 100 as bigint) as expected,
        not v.known or p.term_no is not null and not coalesce(t.known, false)
        or p.outcome not in ('priced', 'included', 'excluded', 'no term', 'no charge')
        or p.outcome in ('included', 'excluded') and p.expected_amount <> 0
        or p.outcome = 'no charge' and coalesce(t.claim_level, false)
        or coalesce(abs(p.units), 0) >= 1000000 or coalesce(abs(l.charge_amount), 0) >= 1000000000
        or coalesce(abs(p.fee_amount), 0) >= 1000000000 or coalesce(p.unit_rate, 0) < 0
        -- a fee so small that it is rounded to nothing may rank once its rate is higher
        or v.multiplies and p.procedure_rank is null and coalesce(p.fee_amount, 1) = 0 and coalesce(p.units, 0) > 0
            and coalesce(p.unit_rate, 0) > 0 and coalesce(p.modifier_factor, 0) > 0 as is_strange
    from priced_lines as p
    inner join scenario_versions as v on v.contract_id = p.contract_id and v.version_no = p.version_no
    left join scenario_terms as t on t.version_id = v.version_id and t.term_no = p.term_no
    inner join service_lines as l on l.line_key = p.line_key
    inner join service_claims as c on c.claim_key = p.claim_key
)
select
    l.* exclude (charge, is_strange),
    case
        when not l.is_head then l.charge
        when k.uncharged = 0 then cast(k.inside as bigint)
    end as charge,
    k.strange > 0 or k.heads > 1 as is_strange, k.priced,
    case when l.procedure_rank is null then 0 else g.ranked end as ranked
from lines as l
inner join (
    select
        claim_key, count(case when is_head and outcome = 'priced' then 1 end) as heads,
        sum(case when is_head and outcome in ('priced', 'included') then charge end) as inside,
        count(case when is_head and outcome in ('priced', 'included') and charge is null then 1 end) as uncharged,
        count(case when outcome = 'priced' then 1 end) as priced, count(case when is_strange then 1 end) as strange
    from lines
    group by claim_key
) as k on k.claim_key = l.claim_key
left join (
    select claim_key, service_day, count(*) as ranked from lines where procedure_rank is not null group by claim_key, service_day
) as g on g.claim_key = l.claim_key and g.service_day is not distinct from l.service_day
