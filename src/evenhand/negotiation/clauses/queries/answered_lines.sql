-- Lines of these days that the payer answered or may answer as first payer, denied ones too.
select l.*
from service_lines as l
inner join service_claims as c on c.claim_key = l.claim_key
cross join offer_days as d
left join settled_lines as s on s.line_key = l.line_key
where c.claim_start_date >= d.first_day and c.claim_start_date <= d.last_day
  and coalesce(s.state, 'not remitted') <> 'capitated'
  and coalesce(s.payer_sequence, 'primary') = 'primary'
  and coalesce(s.why_not, '') <> 'predetermination'
