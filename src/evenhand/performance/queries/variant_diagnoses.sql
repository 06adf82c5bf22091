-- Diagnoses of the claims with a variance.
select d.* from diagnoses as d where d.claim_key in (select claim_key from variances)
