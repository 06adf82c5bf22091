-- needs contract_scopes
-- What is known of network, plan and site, in the form contracts are compared in. A claim that names no network has the
-- network `none`: that a contract may list, and yet it is not known.
with told as (
    select party_key, 'network' as scope, 'network' as kind, split_part(asked, chr(31), 1) as said
    from claim_parties
    where asked <> ''
    union all
    select party_key, 'plan' as scope, 'plan' as kind, split_part(asked, chr(31), 2) as said
    from claim_parties
    where asked <> ''
    union all
    select party_key, 'plan' as scope, 'plan' as kind, split_part(asked, chr(31), 3) as said
    from claim_parties
    where asked <> ''
    union all
    select party_key, 'site' as scope, 'npi' as kind, split_part(asked, chr(31), 4) as said
    from claim_parties
    where asked <> ''
    union all
    select party_key, 'site' as scope, 'place' as kind, split_part(asked, chr(31), 5) as said
    from claim_parties
    where asked <> ''
),
plainly as (select party_key, scope, kind, lower(replace(said, ' ', '')) as said from told)
select
    party_key, scope, kind,
    case when kind = 'network' and said = '' then 'none' else said end as value,
    case when said = '' then 0 else 1 end as known
from plainly
