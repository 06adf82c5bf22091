-- kept
-- Lines that no term tells apart, whatever their day, units and charge: one service, named after its first line.
with services as (
    select min(line_key) as service_key, class_key, version_key, look, facts
    from line_facts
    group by class_key, version_key, look, facts
)
select
    service_key, class_key, version_key, look, facts,
    split_part(look, chr(31), 1) as code, split_part(look, chr(31), 2) as modifiers,
    split_part(facts, chr(31), 1) as revenue_code, split_part(facts, chr(31), 2) as place_of_service,
    split_part(facts, chr(31), 3) as setting, split_part(facts, chr(31), 4) as rendering_npi,
    split_part(facts, chr(31), 5) as charge_band, split_part(facts, chr(31), 6) as invoice_band
from services
