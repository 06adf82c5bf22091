-- All lines of the claims with a variance, with what the payer changed.
select l.*, s.adjudicated_code, s.adjudicated_modifiers, s.adjudicated_units
from service_lines as l
left join settled_lines as s on s.line_key = l.line_key
where l.claim_key in (select claim_key from variances)
