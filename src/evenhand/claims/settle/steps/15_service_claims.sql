-- kept
-- The claims to be priced: every submitted claim that stands, and every claim known from a remittance only.
-- The network is the one the payer paid by (its class of contract), else the one the claim names. A claim names its
-- facility only where that is not the billing provider's own place.
with paid_networks as (
    select f.claim_key, case when min(r.contract_class) = max(r.contract_class) then min(r.contract_class) end as network
    from finals as f
    join remit_claims as r on r.remit_claim_key = f.remit_claim_key and r.contract_class is not null
    group by f.claim_key
)
select
    c.claim_key, 'claim' as origin, c.claim_number as claim_id, c.claim_type, c.payer, c.payer_id, c.product, c.plan,
    c.group_number, c.billing_npi, c.billing_tin, c.rendering_npi, c.member_id, c.claim_start_date,
    c.last_day as claim_end_date, c.admission_date, c.discharge_date, c.bill_type_code,
    -- an APR-DRG with its severity of illness as the fourth digit, as tables of rates have it
    c.drg_code || case
        when length(c.drg_code) = 3 and coalesce(c.drg_code_type, '') <> 'ms-drg' then coalesce(c.drg_severity, '') else ''
    end as drg_code,
    cast(
        extract(year from c.claim_start_date) - extract(year from c.patient_birth_date)
        - case
            when extract(month from c.claim_start_date) * 100 + extract(day from c.claim_start_date)
                < extract(month from c.patient_birth_date) * 100 + extract(day from c.patient_birth_date) then 1
            else 0
        end as integer
    ) as age,
    c.patient_sex, c.discharge_disposition_code as discharge_status, c.charge_amount,
    coalesce(n.network, c.network) as network, coalesce(c.facility_npi, c.billing_npi) as site_npi,
    c.site_zip, c.place_of_service_code
from kept_claims as c
join standing_claims as s on s.claim_key = c.claim_key and s.standing_key = c.claim_key
left join paid_networks as n on n.claim_key = c.claim_key
union all
select
    claim_key, 'remittance' as origin, claim_number as claim_id, claim_type, payer, payer_id, product,
    cast(null as varchar) as plan, group_number, payee_npi as billing_npi, payee_tin as billing_tin, rendering_npi,
    member_id, first_day as claim_start_date, last_day as claim_end_date, cast(null as date) as admission_date,
    cast(null as date) as discharge_date,
    case when claim_type = 'institutional' then bill_type_code end as bill_type_code, drg_code,
    cast(null as integer) as age, cast(null as varchar) as patient_sex, cast(null as varchar) as discharge_status,
    billed_amount as charge_amount, contract_class as network, cast(null as varchar) as site_npi,
    cast(null as varchar) as site_zip,
    case when claim_type <> 'institutional' then facility_code end as place_of_service_code
from claimless
