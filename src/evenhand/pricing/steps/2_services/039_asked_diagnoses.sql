-- needs contract_diagnoses
-- Of each claim's diagnoses those that some term of its version asks for.
select distinct f.claim_key, upper(trim(d.code)) as code
from contract_diagnoses as v
inner join claim_facts as f on f.version_key = v.version_key
inner join diagnoses as d on d.claim_key = f.claim_key and d.kind in ('diagnosis', 'cause')
inner join contract_ranges as r
    on r.version_key = f.version_key and r.attribute = 'diagnosis' and r.size = length(trim(d.code))
    and upper(trim(d.code)) >= r.low and upper(trim(d.code)) <= r.high
