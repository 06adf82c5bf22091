-- Inpatient claims with the DRG they were billed under and the one the payer paid by.
select
    c.claim_key, c.claim_id, c.payer, c.claim_start_date, coalesce(c.discharge_date, c.claim_end_date) as discharge_day,
    c.age, c.drg_code as billed_drg, r.drg_code as payer_drg, s.patient_sex,
    s.discharge_disposition_code as discharge_status, a.allowed_amount
from service_claims as c
left join claims as s on s.claim_key = c.claim_key
left join settled_claims as a on a.claim_key = c.claim_key
left join remit_claims as r on r.remit_claim_key = a.remit_claim_key
where c.claim_type = 'institutional'
    and (c.drg_code is not null or r.drg_code is not null or c.bill_type_code like '11%' and c.admission_date is not null)
order by c.claim_start_date, c.claim_id, c.claim_key
