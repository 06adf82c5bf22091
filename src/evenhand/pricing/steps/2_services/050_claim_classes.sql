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
    class_key, version_key, facts, diagnoses,
    split_part(facts, chr(31), 1) as drg, split_part(facts, chr(31), 2) as bill_type,
    split_part(facts, chr(31), 3) as claim_type, split_part(facts, chr(31), 4) as product,
    split_part(facts, chr(31), 5) as billing_npi, split_part(facts, chr(31), 6) as tin,
    split_part(facts, chr(31), 7) as charge_band, split_part(facts, chr(31), 8) as age_band,
    split_part(facts, chr(31), 9) as stay_band
from classes
