-- The last day on which a claim begins.
select max(claim_start_date) as last_day from service_claims
