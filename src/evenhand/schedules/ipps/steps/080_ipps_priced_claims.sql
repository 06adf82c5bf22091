-- One row for each claim, priced or not; one that is not has no amounts, and the pricer's code for why.
select
    s.claim_key, s.claim_id, s.provider, s.drg, s.review_code, s.length_of_stay, s.charge_amount, s.outcome,
    case s.outcome
        when 'priced' then p.return_code
        when 'no such hospital' then '51'
        when 'no such DRG' then '54'
        when 'no length of stay' then '56'
        when 'no such review code' then '57'
        else '58'
    end as return_code,
    p.weight, p.transfer_fraction,
    p.operating_amount, p.dsh_amount, p.ime_amount, p.outlier_amount,
    p.capital_amount, p.capital_dsh_amount, p.capital_ime_amount, p.capital_outlier_amount,
    case when s.outcome = 'priced' then p.uncompensated_care_amount end as uncompensated_care_amount,
    p.new_technology_amount, p.hrrp_amount, p.vbp_amount, p.hac_amount,
    cast(p.before_hac_amount + p.hac_amount as decimal(18, 2)) as total_amount
from ipps_stays as s
left join ipps_payments as p on p.claim_key = s.claim_key
