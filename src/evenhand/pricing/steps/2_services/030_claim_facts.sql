-- kept
-- Each claim with its contract version and, in `facts`, what that version's terms ask about a claim, as one text with a
-- separator no code holds: claims alike in it are alike to every term. What the version does not ask is left empty.
with stays as (
    select
        c.*, coalesce(g.drg_code, c.drg_code) as grouped_drg,
        case when c.nights < 1 then 1 else c.nights end as length_of_stay
    from chosen_claims as c
    -- the DRG by the grouper version the contract names, where it names one
    left join claim_drgs as g on g.claim_key = c.claim_key
)
select
    c.claim_key, c.party_key, c.version_key, c.contract_day, c.charge_amount, c.length_of_stay, c.discharge_status,
    case
        when v.asks_claims
            then coalesce(case when v.asks_drg then c.grouped_drg end, '') || chr(31)
            || coalesce(case when v.asks_bill_type then c.bill_type_code end, '') || chr(31)
            || coalesce(case when v.asks_claim_type then c.claim_type end, '') || chr(31)
            || coalesce(case when v.asks_product then c.product end, '') || chr(31)
            || coalesce(case when v.asks_billing_npi then c.billing_npi end, '') || chr(31)
            || coalesce(case when v.asks_tin then c.billing_tin end, '') || chr(31)
            || coalesce(ch.band, '') || chr(31) || coalesce(ag.band, '') || chr(31) || coalesce(st.band, '')
        else ''
    end as facts
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
