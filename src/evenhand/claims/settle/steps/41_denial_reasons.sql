-- kept
-- Why a line or claim was denied: its largest denying adjustment, else its largest adjustment.
with denied as (
    select o.level, o.target_key, a.group_code, a.reason_code, a.kind, a.amount, a.remit_line_key, a.position
    from outcomes as o
    join final_adjustments as a on o.level = 'line' and a.line_key = o.target_key
    where o.state = 'denied'
    union all
    select o.level, o.target_key, a.group_code, a.reason_code, a.kind, a.amount, a.remit_line_key, a.position
    from outcomes as o
    join final_adjustments as a on o.level = 'claim' and a.claim_key = o.target_key
    where o.state = 'denied'
),
ranked as (
    select *, row_number() over (
            partition by level, target_key
            order by
                case when kind in ('denial', 'duplicate', 'unlisted') then 0 else 1 end,
                coalesce(amount, 0) desc, coalesce(remit_line_key, -1), position, reason_code, group_code,
                remit_line_key
        ) as rank_no
    from denied
)
select level, target_key, group_code, reason_code
from ranked
where rank_no = 1
