-- kept
-- Claims of one version that no term tells apart: one class, named after its first claim.
with classes as (
    select min(f.claim_key) as class_key, f.version_key, f.facts, d.diagnoses
    from claim_facts as f
    left join claim_diagnoses as d on d.claim_key = f.claim_key
    where f.version_key is not null
    group by f.version_key, f.facts, d.diagnoses
)
select
    k.class_key, k.version_key, k.facts, k.diagnoses, f.drg, f.bill_type, f.claim_type, f.product, f.billing_npi,
    f.tin, f.charge_band, f.age_band, f.stay_band
from classes as k
inner join claim_facts as f on f.claim_key = k.class_key
