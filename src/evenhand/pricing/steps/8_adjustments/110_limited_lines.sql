-- kept
-- needs contract_limits
-- Lines held by a limit by line, group or day: the first that covers them. What a claim-level price takes in is held
-- together, by the first limit that covers any of it.
with covered as (
    select a.line_key, min(l.limit_key) as limit_key
    from adjustable_lines as a
    inner join contract_limits as l on l.version_key = a.version_key and l.level <> 'claim'
    left join contract_limit_terms as t on t.limit_key = l.limit_key and t.term_key = a.term_key
    left join matches as m on m.service_key = a.service_key and m.selector_key = l.selector_key
    where (t.term_key is not null or not l.has_terms) and (m.selector_key is not null or l.selector_key is null)
        and not (l.level = 'line' and a.packaged) and not (l.level = 'day' and (a.packaged or a.place is not null))
    group by a.line_key
),
found as (
    select
        a.*,
        case
            when a.place is null then c.limit_key
            else min(c.limit_key) over (partition by a.claim_key, a.claim_term_key)
        end as limit_key
    from adjustable_lines as a
    inner join (select distinct version_key from contract_limits) as v on v.version_key = a.version_key
    left join covered as c on c.line_key = a.line_key
)
select
    f.line_key, f.claim_key, f.line_no, f.limit_key, f.charge_amount,
    cast(f.expected_amount + coalesce(o.amount, 0) as decimal(18, 2)) as amount,
    case when l.level = 'line' and f.place is null then f.line_key end as part_line_key,
    case when l.level = 'line' then f.claim_term_key end as part_term_key,
    d.service_day as part_day
from found as f
inner join contract_limits as l on l.limit_key = f.limit_key
left join line_fees as d on d.line_key = f.line_key and l.level = 'day'
left join outliers as o on o.line_key = f.line_key
