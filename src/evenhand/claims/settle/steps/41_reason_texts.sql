-- kept
-- All reasons of a line, and those standing at claim level, as one text: `CO-45 PR-1`.
with reasons as (
    select distinct 'line' as level, line_key as target_key, group_code || '-' || reason_code as reason
    from final_adjustments
    where line_key is not null
    union all
    select distinct 'claim' as level, claim_key as target_key, group_code || '-' || reason_code as reason
    from final_adjustments
    where remit_line_key is null
)
select level, target_key, string_agg(reason, ' ' order by reason) as reasons
from reasons
group by level, target_key
