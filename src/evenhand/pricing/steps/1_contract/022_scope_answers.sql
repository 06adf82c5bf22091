-- kept
-- needs contract_scopes
-- Where a version lists networks, plans or sites: whether the claim's are known, and are among them.
select
    o.party_key, o.version_key, k.scope,
    max(case when p.known = 1 then 1 else 0 end) as known,
    max(case when s.value is not null then 1 else 0 end) as covered
from versions_considered as o
inner join (select distinct version_key, scope, kind from contract_scopes) as k on k.version_key = o.version_key
inner join party_values as p on p.party_key = o.party_key and p.scope = k.scope and p.kind = k.kind
left join contract_scopes as s
    on s.version_key = o.version_key and s.scope = k.scope and s.kind = k.kind and s.value = p.value
group by o.party_key, o.version_key, k.scope
