-- A new technology adds a share of the costs beyond the payment, at most its cap; no costs beyond, nothing.
with excesses as (
    select
        *,
        cast(round(
            (operating_costs - operating_amount - dsh_amount - ime_amount - uncompensated_care_amount)
            * new_technology_share, 2
        ) as decimal(18, 2)) as excess_amount
    from ipps_base_payments
)
select
    *,
    case
        when new_technology_cap_amount is null or excess_amount <= 0 then cast(0 as decimal(18, 2))
        when excess_amount < new_technology_cap_amount then excess_amount
        else new_technology_cap_amount
    end as new_technology_amount
from excesses
