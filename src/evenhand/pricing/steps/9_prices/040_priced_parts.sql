-- needs claim_parts
-- The parts a claim's price is made of, for all to read: days of levels of care, days beyond a case window.
select p.claim_key, i.line_key, p.position, p.part, p.units, cast(p.unit_rate as decimal(18, 2)) as unit_rate,
    cast(p.amount as decimal(18, 2)) as amount
from claim_parts as p
inner join included_lines as i on i.claim_key = p.claim_key and i.place = 1
inner join claim_prices as x on x.claim_key = p.claim_key and x.outcome = 'priced'
