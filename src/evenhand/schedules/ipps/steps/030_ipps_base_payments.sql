-- What is paid in cents before outliers: additions are shares of the payment that was rounded.
with base_amounts as (
    select
        *,
        cast(round(federal_operating, 2) as decimal(18, 2)) as operating_amount,
        cast(round(federal_capital, 2) as decimal(18, 2)) as capital_amount
    from ipps_federal_amounts
)
select
    *,
    cast(round(operating_amount * dsh_paid, 2) as decimal(18, 2)) as dsh_amount,
    cast(round(operating_amount * ime, 2) as decimal(18, 2)) as ime_amount,
    cast(round(capital_amount * capital_dsh, 2) as decimal(18, 2)) as capital_dsh_amount,
    cast(round(capital_amount * capital_ime, 2) as decimal(18, 2)) as capital_ime_amount,
    cast(round(operating_amount * hrrp, 2) as decimal(18, 2)) as hrrp_amount,
    cast(round(operating_amount * vbp, 2) as decimal(18, 2)) as vbp_amount
from base_amounts
