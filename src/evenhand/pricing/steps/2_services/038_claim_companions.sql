-- kept
-- needs contract_companions
-- The companions each claim has among its lines.
select distinct l.claim_key, h.companion_key
from companion_hits as h
inner join companion_looks as k on k.look_key = h.look_key
inner join claim_facts as f on f.version_key = k.version_key
inner join service_lines as l
    on l.claim_key = f.claim_key and l.hcpcs_code is not distinct from k.hcpcs_code
    and l.revenue_center_code is not distinct from k.revenue_center_code
    and l.modifiers is not distinct from k.modifiers
    and l.place_of_service_code is not distinct from k.place_of_service_code
    and l.setting is not distinct from k.setting and l.rendering_npi is not distinct from k.rendering_npi
