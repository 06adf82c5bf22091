-- Each claim with the party it belongs to, the contract version chosen, and its charge and nights.
select
    c.claim_key, p.party_key, p.version_key, p.contract_day, c.drg_code, c.bill_type_code, c.claim_type,
    c.product, c.billing_npi, c.billing_tin, c.age, c.discharge_status,
    case
        when abs(c.charge_amount) < 1000000000000 then c.charge_amount
        else s.charge_amount
    end as charge_amount,
    date_diff(
        'day',
        coalesce(c.admission_date, c.claim_start_date),
        coalesce(c.discharge_date, c.claim_end_date)
    ) as nights
from claim_sides as c
inner join contract_choices as p
    on c.payer is not distinct from p.payer and c.payer_id is not distinct from p.payer_id
    and c.product is not distinct from p.product and c.billing_npi is not distinct from p.billing_npi
    and c.billing_tin is not distinct from p.billing_tin and c.usual_day is not distinct from p.usual_day
    and c.asked = p.asked
left join summed_charges as s on s.claim_key = c.claim_key
