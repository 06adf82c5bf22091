-- The service of each line.
select
    l.line_key, l.claim_key, l.version_key, l.line_no, l.service_day, l.units, l.charge_amount, s.service_key
from line_facts as l
inner join services as s
    on s.class_key = l.class_key and s.look = l.look and s.setting = l.setting and s.facts = l.facts
