-- The allowed amount and how it is known: B6 where it can be true; else payment, the patient's cost share and
-- what was cut from the payment alone, where every adjustment is understood. Denied and capitated: unknown. Bundled: 0.
select
    *,
    case
        when state = 'bundled' then 0
        when state not in ('paid', 'cost share') then null
        when sane_b6 = 1 then b6
        when derivable = 1 then paid + cost_share + payment_side
    end as allowed,
    case
        when state not in ('paid', 'cost share', 'bundled') then null
        when sane_b6 = 1 then 'b6'
        when state <> 'bundled' and derivable = 0 then null
        when claim_level = 1 and level = 'claim' then 'claim level'
        else 'derived'
    end as allowed_method
from outcomes
