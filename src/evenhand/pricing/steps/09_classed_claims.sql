-- kept
-- The class of each claim that has a contract.
select f.claim_key, k.class_key, f.version_key, f.contract_day
from claim_facts as f
left join claim_diagnoses as d on d.claim_key = f.claim_key
inner join claim_classes as k
    on k.version_key = f.version_key
    and k.drg is not distinct from f.drg and k.bill_type is not distinct from f.bill_type
    and k.claim_type is not distinct from f.claim_type and k.product is not distinct from f.product
    and k.billing_npi is not distinct from f.billing_npi and k.tin is not distinct from f.tin
    and k.charge_band is not distinct from f.charge_band and k.age_band is not distinct from f.age_band
    and k.stay_band is not distinct from f.stay_band and k.diagnoses is not distinct from d.diagnoses
