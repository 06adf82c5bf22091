-- kept
-- The modifiers of each service, each once, with the place of its first mention (a claim has room for four; that it is
-- a second side, or both, may stand before them).
select s.service_key, s.version_key, upper(trim(split_part(s.modifiers, ',', n.place))) as modifier, min(n.place) as place
from services as s
inner join (select 1 as place union all select 2 union all select 3 union all select 4 union all select 5) as n
    on trim(split_part(s.modifiers, ',', n.place)) <> ''
group by s.service_key, s.version_key, upper(trim(split_part(s.modifiers, ',', n.place)))
