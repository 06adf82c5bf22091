-- Each claim with the party it belongs to, the contract version chosen, and its nights: at least one where its days
-- are known.
with dated as (
    select
        c.claim_key, p.party_key, p.version_key, p.contract_day, c.drg_code, c.bill_type_code, c.claim_type,
        c.product, c.billing_npi, c.billing_tin, c.age, c.discharge_status,
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
)
select *, case when nights < 1 then 1 else nights end as length_of_stay from dated
