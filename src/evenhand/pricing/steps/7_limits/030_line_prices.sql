-- What each line should be allowed: its fee, or the charge where the contract holds it to the lesser.
with limited as (
    select
        a.*, c.cap,
        case
            when a.outcome in ('included', 'excluded', 'capitated') then cast(0 as decimal(18, 2))
            when a.outcome <> 'priced' then null
            when a.lesser_of = 'claim' then c.expected_amount
            when a.lesser_of = 'line' and a.limit_charge < a.fee_amount then a.limit_charge
            else a.fee_amount
        end as expected_amount
    from line_amounts as a
    left join claim_limits as c on c.line_key = a.line_key
)
select
    *,
    case when outcome = 'priced' and expected_amount <> fee_amount then lesser_of end as held_by,
    case
        when outcome = 'priced' and expected_amount <> fee_amount
            then case when lesser_of = 'line' then limit_charge else cap end
    end as limit_amount
from limited
