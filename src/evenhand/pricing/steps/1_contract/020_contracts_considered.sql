-- kept
-- Every contract that names the payer of a claim, with the version of that day, and why it does not fit (null: it does).
-- A number the contract lists and the claim lacks proves nothing; one that both have decides.
with by_payer as (
    select p.party_key, n.contract_no
    from claim_parties as p
    inner join contract_parties as n on n.kind = 'payer' and n.value = lower(replace(p.payer, ' ', ''))
    union
    select p.party_key, n.contract_no
    from claim_parties as p
    inner join contract_parties as n on n.kind = 'payer_id' and n.value = p.payer_id
)
select
    p.party_key, c.contract_no, c.contract, v.version_key,
    case
        when (c.lists_tins and p.billing_tin <> '' or c.lists_npis and p.billing_npi <> '')
            and tin.value is null and npi.value is null then 'not its provider'
        when p.contract_day is null then 'the claim has no date'
        when v.version_key is null then 'not in force on ' || cast(p.contract_day as varchar)
        when v.lists_products and p.product <> '' and covered.product is null then 'does not cover ' || p.product
    end as why_not
from by_payer as b
inner join claim_parties as p on p.party_key = b.party_key
inner join contracts_listed as c on c.contract_no = b.contract_no
left join contract_parties as tin
    on tin.contract_no = c.contract_no and tin.kind = 'tin'
    and tin.value = replace(replace(p.billing_tin, '-', ''), ' ', '') and p.billing_tin <> ''
left join contract_parties as npi
    on npi.contract_no = c.contract_no and npi.kind = 'npi' and npi.value = p.billing_npi and p.billing_npi <> ''
left join contract_versions as v
    on v.contract_no = c.contract_no and p.contract_day >= v.from_day and p.contract_day < v.to_day
left join contract_products as covered
    on covered.version_key = v.version_key and covered.product = lower(replace(p.product, ' ', ''))
