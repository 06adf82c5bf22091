-- kept
-- Every remittance line that settles a line, with how the two were recognised. A line known from the remittance only
-- is its own answer.
select remit_line_key, line_key, match_method from matches_so_far
union all
select remit_line_key, line_key, match_method from by_bundle
union all
select l.remit_line_key, -1 - l.remit_line_key as line_key, 'remittance' as match_method
from finals as f
join service_claims as c on c.claim_key = f.claim_key
join remit_lines as l on l.remit_claim_key = f.remit_claim_key
where c.origin = 'remittance'
