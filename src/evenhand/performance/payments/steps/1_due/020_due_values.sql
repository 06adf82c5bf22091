-- What each claim has of the attributes its contract's payment rules look at.
select v.claim_key, v.contract_id, v.version_no, v.attribute, v.value
from (
  select d.claim_key, d.contract_id, d.version_no, 'drg' as attribute, upper(trim(c.drg_code)) as value
  from due_claims as d
  inner join service_claims as c on c.claim_key = d.claim_key
  union all
  select d.claim_key, d.contract_id, d.version_no, 'bill_type' as attribute, upper(trim(c.bill_type_code)) as value
  from due_claims as d
  inner join service_claims as c on c.claim_key = d.claim_key
  union all
  select d.claim_key, d.contract_id, d.version_no, 'claim_type' as attribute, upper(trim(c.claim_type)) as value
  from due_claims as d
  inner join service_claims as c on c.claim_key = d.claim_key
  union all
  select d.claim_key, d.contract_id, d.version_no, 'product' as attribute, upper(trim(c.product)) as value
  from due_claims as d
  inner join service_claims as c on c.claim_key = d.claim_key
  union all
  select d.claim_key, d.contract_id, d.version_no, 'billing_npi' as attribute, upper(trim(c.billing_npi)) as value
  from due_claims as d
  inner join service_claims as c on c.claim_key = d.claim_key
  union all
  select
    d.claim_key, d.contract_id, d.version_no, 'tin' as attribute,
    replace(replace(c.billing_tin, '-', ''), ' ', '') as value
  from due_claims as d
  inner join service_claims as c on c.claim_key = d.claim_key
) as v
inner join (select distinct contract_id, version_no, attribute from payment_ranges) as a
  on a.contract_id = v.contract_id and a.version_no = v.version_no and a.attribute = v.attribute
where v.value <> ''
