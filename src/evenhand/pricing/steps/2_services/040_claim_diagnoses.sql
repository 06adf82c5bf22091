-- kept
-- Of each claim's diagnoses those that some term of its version asks for, and the companions it has among its lines,
-- joined in order: claims alike in these are alike.
select claim_key, string_agg(code, ',' order by code) as diagnoses
from (
    select distinct f.claim_key, upper(trim(d.code)) as code
    from claim_facts as f
    inner join contract_versions as v on v.version_key = f.version_key and v.asks_diagnosis
    inner join diagnoses as d on d.claim_key = f.claim_key and d.kind = 'diagnosis'
    inner join contract_ranges as r
        on r.version_key = f.version_key and r.attribute = 'diagnosis' and r.size = length(trim(d.code))
        and upper(trim(d.code)) >= r.low and upper(trim(d.code)) <= r.high
    union all
    select claim_key, '#' || cast(companion_key as varchar) from claim_companions
) as asked
group by claim_key
