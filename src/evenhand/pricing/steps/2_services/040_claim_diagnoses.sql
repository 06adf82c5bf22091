-- kept
-- needs contract_diagnoses or contract_present_diagnoses or contract_companions or contract_readmissions
-- Each claim's diagnoses that are asked for, the companions it has among its lines and what readmission it is, joined in
-- order: claims alike in these are alike.
select claim_key, string_agg(code, ',' order by code) as diagnoses
from (
    select claim_key, code from asked_diagnoses
    union all
    select claim_key, '!' || code from present_diagnoses
    union all
    select claim_key, '#' || cast(companion_key as varchar) from claim_companions
    union all
    select claim_key, '@' || cast(readmission_key as varchar) from claim_readmissions
) as asked
group by claim_key
