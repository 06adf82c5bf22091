-- What operating and what capital costs must exceed: the payment for them, and the fixed loss as it falls to each.
with thresholds as (
    select
        *,
        cast(round(threshold_amount * operating_threshold, 9) as decimal(20, 9)) as operating_loss,
        cast(round(threshold_amount * capital_threshold, 9) as decimal(20, 9)) as capital_loss
    from ipps_new_technologies
)
select
    *,
    cast(round(
        federal_operating * operating_loading + operating_loss + uncompensated_care_amount + new_technology_amount, 9
    ) as decimal(20, 9)) as operating_line,
    cast(round(federal_capital * capital_loading + capital_loss, 9) as decimal(20, 9)) as capital_line
from thresholds
