-- kept
-- All reasons of a line, and those standing at claim level, as one sorted text: `CO-45 PR-1`. Most have one or two.
with reasons as (
    select 'line' as level, line_key as target_key, group_code || '-' || reason_code as reason
    from final_adjustments
    where line_key is not null
    union all
    select 'claim' as level, claim_key as target_key, group_code || '-' || reason_code as reason
    from final_adjustments
    where remit_line_key is null
),
counted as (
    select level, target_key, count(*) as n, min(reason) as first_reason, max(reason) as last_reason
    from reasons
    group by level, target_key
)
select
    level, target_key,
    case when first_reason = last_reason then first_reason else first_reason || ' ' || last_reason end as reasons
from counted
where n <= 2
union all
select r.level, r.target_key, string_agg(distinct r.reason, ' ' order by r.reason) as reasons
from reasons as r
join counted as c on c.level = r.level and c.target_key = r.target_key
where c.n > 2
group by r.level, r.target_key
