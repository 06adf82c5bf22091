-- kept
-- The service of each line.
select
    l.line_key, l.claim_key, l.version_key, l.line_no, l.service_day, l.units, l.charge_amount, s.service_key
from line_facts as l
inner join services as s
    on s.class_key = l.class_key
    and s.code is not distinct from l.code and s.revenue_code is not distinct from l.revenue_code
    and s.modifiers is not distinct from l.modifiers and s.place_of_service is not distinct from l.place_of_service
    and s.setting is not distinct from l.setting and s.rendering_npi is not distinct from l.rendering_npi
    and s.charge_band is not distinct from l.charge_band
