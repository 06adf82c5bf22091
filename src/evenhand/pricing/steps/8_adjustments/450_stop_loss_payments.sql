-- needs contract_stop_losses
-- What the rule pays by its share and by its days, each alone.
with counted as (
    select
        *,
        case when of_excess then cast(charge_amount - charge_threshold as decimal(18, 2)) else charge_amount end as basis,
        case when excess_days then length_of_stay - stay_floor else length_of_stay end as days,
        cast(round(cast(per_day as decimal(19, 2)) * growth, 2) as decimal(18, 2)) as day_rate
    from stop_loss_met
    where not unknown
),
alone as (
    select
        *, cast(round(cast(basis as decimal(19, 2)) * percent, 2) as decimal(18, 2)) as by_share,
        cast(day_rate * cast(days as decimal(9, 0)) as decimal(18, 2)) as by_day,
        cast(round(cast(minimum as decimal(19, 2)) * growth, 2) as decimal(18, 2)) as least,
        cast(round(cast(maximum as decimal(19, 2)) * growth, 2) as decimal(18, 2)) as most,
        cast(round(cast(claim_maximum as decimal(19, 2)) * growth, 2) as decimal(18, 2)) as most_for_claim,
        cast(round(cast(charge_amount as decimal(19, 2)) * claim_share, 2) as decimal(18, 2)) as most_by_charge
    from counted
)
select
    *, per_day is null or coalesce(by_share <= by_day, false) as shares,
    case
        when per_day is null or (percent is not null and by_share <= by_day) then by_share
        else by_day
    end as payment
from alone
