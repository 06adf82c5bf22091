-- Their lines that the payer pays as first payer: not denied, not taken back, not capitated; a line taken
-- into another service counts only on institutional claims, where a price for the claim covers it.
select l.*
from service_lines as l
inner join service_claims as c on c.claim_key = l.claim_key
cross join offer_days as d
left join settled_lines as s on s.line_key = l.line_key
where c.claim_start_date >= d.first_day and c.claim_start_date <= d.last_day
  and coalesce(s.state, 'not remitted') not in ('denied', 'reversed', 'capitated')
  and not (coalesce(s.state, '') = 'bundled' and coalesce(c.claim_type, '') <> 'institutional')
  and coalesce(s.payer_sequence, 'primary') = 'primary'
  and coalesce(s.why_not, '') <> 'predetermination'
