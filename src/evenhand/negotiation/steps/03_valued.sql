-- kept
-- Lines whose price is known on both sides. A claim priced as one on either side is valued whole or not at all.
select
  p.*,
  case
    when p.current_amount is null or p.offer_amount is null then 0
    when s.whole = 1 and s.unpriced > 0 then 0
    else 1
  end as comparable
from pairs as p
inner join offer_sides as s on s.claim_key = p.claim_key
