-- kept
-- The same claim submitted in two files counts once. Another payer, charge, day or frequency code makes it
-- another claim.
-- The site's ZIP code is that of the facility the claim names, else the billing provider's; it is not known where the claim
-- names another place by its NPI alone.
with firsts as (
    select min(claim_key) as claim_key
    from claims
    group by
        trim(claim_id), billing_npi, payer_id, payer, payer_sequence, charge_amount, claim_start_date, claim_end_date,
        claim_frequency, original_claim_id, case when claim_id is null then claim_key end
)
select
    c.*,
    trim(c.claim_id) as claim_number,
    coalesce(c.payer_id, c.payer, '') as payer_key,
    coalesce(c.claim_frequency, '1') as frequency,
    coalesce(c.claim_end_date, c.claim_start_date) as last_day,
    case c.payer_sequence when 'S' then 2 when 'T' then 3 else 1 end as sequence_no,
    coalesce(
        c.facility_zip,
        case when coalesce(c.facility_npi, c.billing_npi, '') = coalesce(c.billing_npi, '') then c.billing_zip end
    ) as site_zip
from claims as c
join firsts as f on f.claim_key = c.claim_key
