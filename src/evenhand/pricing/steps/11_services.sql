-- kept
-- Lines that no term tells apart, whatever their day, units and charge: one service, named after its first line.
select
    min(line_key) as service_key, class_key, version_key, code, revenue_code, modifiers, place_of_service, setting,
    rendering_npi, charge_band
from line_facts
group by
    class_key, version_key, code, revenue_code, modifiers, place_of_service, setting, rendering_npi, charge_band
