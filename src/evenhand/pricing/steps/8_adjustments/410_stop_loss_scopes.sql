-- needs contract_stop_losses
-- Which claims each selector of a stop-loss rule reaches: those with a line it covers.
select distinct a.claim_key, m.selector_key
from adjustable_lines as a
inner join contract_selectors as k on k.version_key = a.version_key and k.kind = 'stop-loss'
inner join matches as m on m.service_key = a.service_key and m.selector_key = k.selector_key
where a.protected
