-- Lines paid by a rate, with the steps of their fee taken apart: modified by modifiers, counted, then ranked. Only
-- sums a service is paid: what rates and units nobody meant would give is no price either.
select
  r.*,
  cast(round(modified_rate * counted, 2) as decimal(18, 2)) as unranked_fee,
  cast(round(cast(round(cast(unit_rate as decimal(18, 2)) * counted, 2) as decimal(18, 2)) * procedure_factor, 2)
    as decimal(18, 2)) as unmodified_fee,
  cast(round(cast(round(unescalated_rate * counted, 2) as decimal(18, 2)) * procedure_factor, 2)
    as decimal(18, 2)) as unescalated_fee
from (
  select
    l.*,
    cast(round(l.unit_rate * l.modifier_factor, 2) as decimal(18, 2)) as modified_rate,
    cast(round(l.stated_rate * l.modifier_factor, 2) as decimal(18, 2)) as unescalated_rate
  from asked_lines as l
  where l.outcome = 'priced' and l.method in ('fee_schedule', 'percent_of', 'amount')
    and abs(l.unit_rate) < 1000000000 and abs(l.stated_rate) < 1000000000 and abs(l.counted) < 100000
) as r
