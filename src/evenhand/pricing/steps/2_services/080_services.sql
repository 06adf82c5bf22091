-- kept
-- Lines that no term tells apart, whatever their day, units and charge: one service, named after its first line.
with services as (
    select min(line_key) as service_key, class_key, code, facts
    from line_facts
    group by class_key, code, facts
)
select
    s.service_key, s.class_key, k.version_key, s.code, s.facts,
    split_part(s.facts, chr(31), 1) as revenue_code, split_part(s.facts, chr(31), 2) as modifiers,
    split_part(s.facts, chr(31), 3) as place_of_service, split_part(s.facts, chr(31), 4) as setting,
    split_part(s.facts, chr(31), 5) as rendering_npi, split_part(s.facts, chr(31), 6) as charge_band,
    split_part(s.facts, chr(31), 7) as invoice_band
from services as s
inner join claim_classes as k on k.class_key = s.class_key
