-- kept
-- Each claim with its hospital's factors, its DRG, and why it cannot be priced, if so. A transfer is paid by the day, the
-- first counting twice; where its days fall short of the mean stay, ipps_transfers has the share of the DRG it is paid.
with days as (
    select *, case when length_of_stay < 1 then 2 else length_of_stay + 1 end as per_diem_days
    from ipps_claims
)
select
    c.claim_key, c.claim_id, c.provider, c.drg, c.review_code, c.length_of_stay, c.charge_amount, c.per_diem_days,
    c.new_technology_cap_amount, c.new_technology_share,
    case
        when h.provider is null then 'no such hospital'
        when d.drg is null then 'no such DRG'
        when c.length_of_stay is null or c.length_of_stay < 0 then 'no length of stay'
        when c.review_code not in ('0', '3', '9') then 'no such review code'
        when c.charge_amount is null or c.charge_amount < 0 then 'no charge'
        else 'priced'
    end as outcome,
    d.weight, d.gmlos, d.post_acute, d.special_pay, d.never_a_transfer, d.outlier_share,
    coalesce(t.fraction, cast(1 as decimal(5, 4))) as transfer_fraction,
    h.operating_base, h.dsh_paid, h.ime, h.capital_base, h.capital_dsh, h.capital_ime,
    h.operating_loading, h.capital_loading, h.operating_threshold, h.capital_threshold,
    h.vbp, h.hrrp, h.hac, h.operating_ccr, h.capital_ccr, h.uncompensated_care_amount, h.fixed_loss_amount
from days as c
left join ipps_hospitals as h on h.provider = c.provider
left join ipps_drgs as d on d.drg = c.drg
left join ipps_transfers as t
    on t.drg = c.drg and t.review_code = c.review_code and t.per_diem_days = c.per_diem_days
