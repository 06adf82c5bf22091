-- Lines of these days and this payer that are not valued, by what became of them.
select
  case
    when s.payer_sequence in ('secondary', 'tertiary') then 'not the first payer'
    when s.why_not = 'predetermination' then 'predetermination'
    else s.state
  end as why_not,
  count(*) as lines, count(distinct l.claim_key) as claims, sum(l.charge_amount) as charges
from service_lines as l
inner join service_claims as c on c.claim_key = l.claim_key
inner join valued_payers as p on p.payer = coalesce(c.payer, '') and p.payer_id = coalesce(c.payer_id, '')
cross join offer_days as d
inner join settled_lines as s on s.line_key = l.line_key
where c.claim_start_date >= d.first_day and c.claim_start_date <= d.last_day
  and (
    s.state in ('denied', 'reversed', 'capitated')
    or (s.state = 'bundled' and coalesce(c.claim_type, '') <> 'institutional')
    or coalesce(s.payer_sequence, 'primary') <> 'primary'
    or coalesce(s.why_not, '') = 'predetermination'
  )
group by
  case
    when s.payer_sequence in ('secondary', 'tertiary') then 'not the first payer'
    when s.why_not = 'predetermination' then 'predetermination'
    else s.state
  end
