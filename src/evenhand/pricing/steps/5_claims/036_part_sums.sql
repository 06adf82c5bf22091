-- needs claim_parts
-- The parts of each claim's price together.
select
    claim_key, cast(sum(amount) as decimal(38, 2)) as amount,
    cast(case when sum(units) > 999999999999999 then 999999999999999 else sum(units) end as decimal(18, 3)) as units
from claim_parts
group by claim_key
