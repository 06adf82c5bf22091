-- kept
-- Each claim with its contract version, and what that version's terms ask about a claim (null where they do not ask).
with chosen as (
    select
        c.claim_key, p.party_key, p.version_key, p.contract_day, c.drg_code, c.bill_type_code, c.claim_type,
        c.product, c.billing_npi, c.billing_tin, c.age,
        case
            when abs(c.charge_amount) < 1000000000000 then c.charge_amount
            else s.charge_amount
        end as charge_amount,
        date_diff(
            'day',
            coalesce(c.admission_date, c.claim_start_date),
            coalesce(c.discharge_date, c.claim_end_date)
        ) as nights
    from service_claims as c
    inner join contract_choices as p
        on c.payer is not distinct from p.payer and c.payer_id is not distinct from p.payer_id
        and c.product is not distinct from p.product and c.billing_npi is not distinct from p.billing_npi
        and c.billing_tin is not distinct from p.billing_tin
        and case
            when c.claim_type = 'institutional' then coalesce(c.admission_date, c.claim_start_date)
            else c.claim_start_date
        end is not distinct from p.contract_day
    left join summed_charges as s on s.claim_key = c.claim_key
),
stays as (
    select *, case when nights < 1 then 1 else nights end as length_of_stay from chosen
)
select
    c.claim_key, c.party_key, c.version_key, c.contract_day, c.charge_amount, c.length_of_stay,
    case when v.asks_drg then c.drg_code end as drg,
    case when v.asks_bill_type then c.bill_type_code end as bill_type,
    case when v.asks_claim_type then c.claim_type end as claim_type,
    case when v.asks_product then c.product end as product,
    case when v.asks_billing_npi then c.billing_npi end as billing_npi,
    case when v.asks_tin then c.billing_tin end as tin,
    ch.band as charge_band, ag.band as age_band, st.band as stay_band
from stays as c
left join contract_versions as v on v.version_key = c.version_key
left join contract_bands as ch
    on ch.version_key = c.version_key and ch.measure = 'claim_charge'
    and c.charge_amount >= ch.low and c.charge_amount < ch.high
left join contract_bands as ag
    on ag.version_key = c.version_key and ag.measure = 'age' and c.age >= ag.low and c.age < ag.high
left join contract_bands as st
    on st.version_key = c.version_key and st.measure = 'length_of_stay'
    and c.length_of_stay >= st.low and c.length_of_stay < st.high
