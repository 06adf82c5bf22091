-- How each claim has to be compared: line by line, or (whole = 1) with all its lines taken together,
-- because the payer gave one allowed amount for the claim, or the contract's limit works on the claim.
-- by_case: the claim has a price per case, which a denied line within it does not change.
select
  claim_key,
  max(case when allowed_method = 'claim level' or lesser_of = 'claim' then 1 else 0 end) as whole,
  max(case when whole_price = 1 and per = 'case' then 1 else 0 end) as by_case
from named_lines
group by claim_key
