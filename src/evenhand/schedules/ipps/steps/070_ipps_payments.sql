-- All components together, less what hospital-acquired conditions cost; and how the pricer says the claim was paid.
with sums as (
    select
        *,
        operating_amount + dsh_amount + ime_amount + outlier_amount
        + capital_amount + capital_dsh_amount + capital_ime_amount + capital_outlier_amount
        + uncompensated_care_amount + new_technology_amount + hrrp_amount + vbp_amount as before_hac_amount,
        per_diem_days < gmlos and not never_a_transfer as is_short
    from ipps_outliers
)
select
    *,
    cast(round(before_hac_amount * hac, 2) as decimal(18, 2)) as hac_amount,
    case
        when review_code = '9' and is_short and special_pay then '10'
        when review_code = '9' and is_short and post_acute then '12'
        when review_code = '3' and pays_outlier then '05'
        when review_code = '3' and is_short then '03'
        when per_diem_days >= gmlos and pays_outlier then '16'
        when per_diem_days >= gmlos then '14'
        when pays_outlier then '02'
        else '00'
    end as return_code
from sums
