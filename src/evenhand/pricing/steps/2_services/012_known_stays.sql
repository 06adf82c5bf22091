-- kept
-- needs contract_readmissions
-- Inpatient stays of members who are known: what another stay may be a readmission after. Looked for among all claims,
-- whatever contract they fall under.
select
    claim_key, upper(trim(member_id)) as member_id, age, nullif(upper(trim(patient_sex)), '') as sex, trim(billing_npi) as npi,
    replace(replace(trim(billing_tin), '-', ''), ' ', '') as tin, upper(trim(drg_code)) as drg,
    trim(discharge_status) as status,
    coalesce(admission_date, claim_start_date) as admitted, coalesce(discharge_date, claim_end_date) as discharged
from service_claims
where claim_type = 'institutional' and bill_type_code like '11%' and trim(member_id) <> ''
