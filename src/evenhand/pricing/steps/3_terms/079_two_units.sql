-- kept
-- needs contract_bilateral_units
-- Services of two units whose code can be done on both sides: what modifier 50 is paid for it.
select distinct w.service_key, w.profile_no, b.factor
from service_modifiers as m
inner join contract_bilateral_units as b on b.version_key = m.version_key
inner join coded_terms as w on w.service_key = m.service_key and w.profile_no = b.profile_no
where m.modifier = 'BOTH SIDES'
