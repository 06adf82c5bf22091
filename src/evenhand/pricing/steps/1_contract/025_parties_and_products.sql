-- Whether provider and product are known (null: the contract lists none) and are among the contract's.
-- A number the contract lists and the claim lacks proves nothing; one that both have decides.
select
    o.party_key, o.contract_no, o.contract, o.precedence, o.version_key, o.contract_day, o.product,
    split_part(o.asked, chr(31), 1) as network,
    case
        when o.lists_tins and o.billing_tin <> '' or o.lists_npis and o.billing_npi <> '' then 1
        when o.lists_tins or o.lists_npis then 0
    end as provider_known,
    case when tin.value is not null or npi.value is not null then 1 else 0 end as provider_covered,
    case when o.lists_products and o.product <> '' then 1 when o.lists_products then 0 end as product_known,
    case when covered.product is not null then 1 else 0 end as product_covered
from versions_considered as o
left join contract_parties as tin
    on tin.contract_no = o.contract_no and tin.kind = 'tin'
    and tin.value = replace(replace(o.billing_tin, '-', ''), ' ', '') and o.billing_tin <> ''
left join contract_parties as npi
    on npi.contract_no = o.contract_no and npi.kind = 'npi' and npi.value = o.billing_npi and o.billing_npi <> ''
left join contract_products as covered
    on covered.version_key = o.version_key and covered.product = lower(replace(o.product, ' ', ''))
