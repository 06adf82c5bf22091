-- kept
-- Each claim with its contract version, and what that version's terms ask about a claim (null where they do not ask):
-- each answer by itself and, in `facts`, all of them as one text, so that claims alike are found by comparing it.
with stays as (
    select *, case when nights < 1 then 1 else nights end as length_of_stay from chosen_claims
),
asked as (
    select
        c.claim_key, c.party_key, c.version_key, c.contract_day, c.charge_amount, c.length_of_stay, v.asks_claims,
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
)
select
    *,
    case
        when asks_claims then coalesce(drg, '') || chr(31) || coalesce(bill_type, '') || chr(31)
            || coalesce(claim_type, '') || chr(31) || coalesce(product, '') || chr(31) || coalesce(billing_npi, '')
            || chr(31) || coalesce(tin, '') || chr(31) || coalesce(charge_band, '') || chr(31)
            || coalesce(age_band, '') || chr(31) || coalesce(stay_band, '')
        else ''
    end as facts
from asked
