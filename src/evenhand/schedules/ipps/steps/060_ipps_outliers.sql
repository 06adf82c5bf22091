-- A share of the costs beyond each line, but only where all costs reach both lines together.
with beyond as (
    select
        *,
        operating_costs + capital_costs >= operating_line + capital_line as is_outlier,
        cast(round((operating_costs - operating_line) * outlier_share, 9) as decimal(20, 9)) as operating_part,
        cast(round((capital_costs - capital_line) * outlier_share, 9) as decimal(20, 9)) as capital_part
    from ipps_cost_lines
)
select
    *,
    is_outlier and (operating_part > 0 or capital_part > 0) as pays_outlier,
    case
        when is_outlier and operating_part > 0 then cast(round(operating_part, 2) as decimal(18, 2))
        else cast(0 as decimal(18, 2))
    end as outlier_amount,
    case
        when is_outlier and capital_part > 0 then cast(round(capital_part, 2) as decimal(18, 2))
        else cast(0 as decimal(18, 2))
    end as capital_outlier_amount
from beyond
