-- kept
-- Every claim with a variance once more for each alternative to its contract. The alternative is
-- chosen like any contract, by the payer's identifier.
select
  row_number() over (order by a.alternative, c.claim_key) as claim_key,
  c.claim_key as first_claim_key, a.alternative, a.way,
  c.origin, c.claim_id, c.claim_type, a.payer, a.payer_id, c.product, c.plan, c.group_number,
  c.billing_npi, c.billing_tin, c.rendering_npi, c.member_id, c.claim_start_date, c.claim_end_date,
  c.admission_date, c.discharge_date, c.bill_type_code, c.drg_code, c.discharge_status, c.age, c.charge_amount,
  c.network, c.site_npi, c.site_zip, c.place_of_service_code
from variant_claims as c
inner join alternatives as a on a.contract_id = c.contract_id
