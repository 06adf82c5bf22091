-- kept
-- The lines asked about that a term pays, with the service they are of and the day of it.
select
  l.line_key, l.claim_key, l.contract_id, l.charge_amount, l.expected_amount, s.service_key, s.service_day,
  t.term_key as winner_key, t.claim_level
from asked_lines as l
inner join service_lines_matched as s on s.line_key = l.line_key
inner join contract_terms as t on t.version_key = s.version_key and t.term_no = l.term_no
