-- kept
-- needs contract_claim_bands
-- The bands of charge, age and stay that each claim falls in, by the thresholds its version names.
select c.claim_key, ch.band as charge_band, ag.band as age_band, st.band as stay_band
from chosen_claims as c
inner join claim_charges as a on a.claim_key = c.claim_key
inner join (select distinct version_key from contract_claim_bands) as v on v.version_key = c.version_key
left join contract_claim_bands as ch
    on ch.version_key = c.version_key and ch.measure = 'claim_charge'
    and a.charge_amount >= ch.low and a.charge_amount < ch.high
left join contract_claim_bands as ag
    on ag.version_key = c.version_key and ag.measure = 'age' and c.age >= ag.low and c.age < ag.high
left join contract_claim_bands as st
    on st.version_key = c.version_key and st.measure = 'length_of_stay'
    and c.length_of_stay >= st.low and c.length_of_stay < st.high
