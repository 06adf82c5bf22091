-- kept
-- Each with why it does not fit; or, where it fits as far as is known, with what is not known (`doubt`), and whether
-- the contract needs to know (`must_know`).
select
    o.party_key, o.contract_no, o.contract, o.precedence, o.version_key, o.contract_day,
    case
        when o.provider_known = 1 and o.provider_covered = 0 then 'not its provider'
        when o.contract_day is null then 'the claim has no date'
        when o.version_key is null then 'not in force on ' || cast(o.contract_day as varchar)
        when o.product_known = 1 and o.product_covered = 0 then 'does not cover ' || o.product
        when n.known = 1 and n.covered = 0 then 'does not cover the network ' || o.network
        when g.known = 1 and g.covered = 0 then 'does not cover its plan'
        when s.known = 1 and s.covered = 0 then 'does not cover its site'
    end as why_not,
    case
        when n.known = 0 and n.covered = 0 then 'the claim names no network'
        when g.known = 0 and g.covered = 0 then 'the claim names no plan'
        when s.known = 0 and s.covered = 0 then 'the claim names no site'
        when o.product_known = 0 then 'the claim names no product'
        when o.provider_known = 0 then 'the claim has no number of its provider'
    end as doubt,
    case
        when n.known = 0 and n.covered = 0 or g.known = 0 and g.covered = 0 or s.known = 0 and s.covered = 0 then 1
        else 0
    end as must_know
from parties_and_products as o
left join scope_answers as n on n.party_key = o.party_key and n.version_key = o.version_key and n.scope = 'network'
left join scope_answers as g on g.party_key = o.party_key and g.version_key = o.version_key and g.scope = 'plan'
left join scope_answers as s on s.party_key = o.party_key and s.version_key = o.version_key and s.scope = 'site'
