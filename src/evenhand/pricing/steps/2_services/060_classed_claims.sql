-- kept
-- The class of each claim that has a contract.
select f.claim_key, k.class_key, f.contract_day
from claim_facts as f
left join claim_diagnoses as d on d.claim_key = f.claim_key
inner join claim_classes as k
    on k.version_key = f.version_key and k.facts = f.facts and k.diagnoses is not distinct from d.diagnoses
