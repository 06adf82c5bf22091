-- What each claim has of the attributes its contract's payment rules look at.
with due as (
  select
    d.claim_key, d.contract_id, d.version_no, upper(trim(c.drg_code)) as drg, upper(trim(c.bill_type_code)) as bill_type,
    upper(trim(c.claim_type)) as claim_type, upper(trim(c.product)) as product,
    upper(trim(c.billing_npi)) as billing_npi, replace(replace(c.billing_tin, '-', ''), ' ', '') as tin
  from due_claims as d
  inner join service_claims as c on c.claim_key = d.claim_key
)
select v.claim_key, v.contract_id, v.version_no, v.attribute, v.value
from (
  select claim_key, contract_id, version_no, 'drg' as attribute, drg as value from due
  union all
  select claim_key, contract_id, version_no, 'bill_type', bill_type from due
  union all
  select claim_key, contract_id, version_no, 'claim_type', claim_type from due
  union all
  select claim_key, contract_id, version_no, 'product', product from due
  union all
  select claim_key, contract_id, version_no, 'billing_npi', billing_npi from due
  union all
  select claim_key, contract_id, version_no, 'tin', tin from due
) as v
inner join (select distinct contract_id, version_no, attribute from payment_ranges) as a
  on a.contract_id = v.contract_id and a.version_no = v.version_no and a.attribute = v.attribute
where v.value <> ''
