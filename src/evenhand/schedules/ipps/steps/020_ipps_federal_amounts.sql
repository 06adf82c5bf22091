-- The operating and capital payment by weight, to nine decimals, and the fixed loss: each times the share of a transfer.
with whole_amounts as (
    select
        *,
        cast(round(operating_base * weight, 9) as decimal(20, 9)) as whole_operating,
        cast(round(capital_base * weight, 9) as decimal(20, 9)) as whole_capital
    from ipps_stays
    where outcome = 'priced'
)
select
    *,
    cast(round(whole_operating * transfer_fraction, 9) as decimal(20, 9)) as federal_operating,
    cast(round(whole_capital * transfer_fraction, 9) as decimal(20, 9)) as federal_capital,
    cast(round(fixed_loss_amount * transfer_fraction, 2) as decimal(18, 2)) as threshold_amount,
    charge_amount * operating_ccr as operating_costs,
    charge_amount * capital_ccr as capital_costs
from whole_amounts
