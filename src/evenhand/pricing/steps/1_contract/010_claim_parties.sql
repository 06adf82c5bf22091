-- kept
-- Who stands on each side of a claim, and the day that chooses its contract: each combination once.
-- The day is that of admission for a facility stay, else the first day of service.
select
    min(claim_key) as party_key, payer, payer_id, product, billing_npi, billing_tin, contract_day
from (
    select
        claim_key, payer, payer_id, product, billing_npi, billing_tin,
        case
            when claim_type = 'institutional' then coalesce(admission_date, claim_start_date)
            else claim_start_date
        end as contract_day
    from service_claims
) as claims
group by payer, payer_id, product, billing_npi, billing_tin, contract_day
