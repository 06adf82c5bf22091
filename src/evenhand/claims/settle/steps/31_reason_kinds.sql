-- kept
-- What each adjustment reason a payer used means for the allowed amount. The payer's own reading before the general
-- one, the user's before the built-in, the one for the group code before the one for all. Cost share is the patient's
-- only under PR; a price reduction under PR is the patient's to pay, above the allowed amount.
with used as (
    select distinct f.payer_key, coalesce(a.group_code, '') as group_code, coalesce(a.reason_code, '') as reason_code
    from adjustments as a
    join finals as f on f.remit_claim_key = a.remit_claim_key
),
payers as (
    select distinct payer_key, payer, payer_id
    from kept_remits
),
ranked as (
    select
        u.payer_key, u.group_code, u.reason_code, r.kind,
        row_number() over (
            partition by u.payer_key, u.group_code, u.reason_code
            order by
                case when r.payer is null then 1 else 0 end, r.standing_no,
                case when r.group_code is null then 1 else 0 end, p.payer, p.payer_id, r.row_no
        ) as rank_no
    from used as u
    join payers as p on p.payer_key = u.payer_key
    left join adjustment_reasons as r
        on r.reason_code = u.reason_code
        and (r.group_code is null or r.group_code = u.group_code)
        and (r.payer is null or r.payer = p.payer or r.payer = p.payer_id)
)
select
    payer_key, group_code, reason_code,
    case
        when kind = 'cost share' and group_code <> 'PR' then 'price'
        when kind = 'price' and group_code = 'PR' then 'liability'
        else coalesce(kind, 'unlisted')
    end as kind
from ranked
where rank_no = 1
