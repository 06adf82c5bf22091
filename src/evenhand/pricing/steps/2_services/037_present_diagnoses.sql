-- kept
-- needs contract_present_diagnoses
-- Of each claim's diagnoses those its version asks for with their present-on-admission indicator: indicator and code.
select distinct f.claim_key, upper(trim(d.present_on_admission)) || upper(trim(d.code)) as code
from contract_present_diagnoses as v
inner join claim_facts as f on f.version_key = v.version_key
inner join diagnoses as d
    on d.claim_key = f.claim_key and d.kind in ('diagnosis', 'cause') and trim(d.present_on_admission) <> ''
inner join contract_ranges as r
    on r.version_key = f.version_key and r.attribute = 'present diagnosis'
    and r.size = length(trim(d.present_on_admission)) + length(trim(d.code))
    and upper(trim(d.present_on_admission)) || upper(trim(d.code)) >= r.low
    and upper(trim(d.present_on_admission)) || upper(trim(d.code)) <= r.high
