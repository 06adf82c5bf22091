-- kept
-- These with the day each goes by and its version of that day. The days are the sixth and seventh part of `asked`.
with dated as (
    select
        p.*, c.contract_no, c.contract, c.precedence, c.lists_tins, c.lists_npis,
        case
            when c.chosen_by = 'admission' then p.usual_day
            when c.chosen_by = 'discharge' and split_part(p.asked, chr(31), 7) <> ''
                then cast(split_part(p.asked, chr(31), 7) as date)
            when split_part(p.asked, chr(31), 6) <> '' then cast(split_part(p.asked, chr(31), 6) as date)
        end as contract_day
    from contracts_of_parties as o
    inner join claim_parties as p on p.party_key = o.party_key
    inner join contracts_listed as c on c.contract_no = o.contract_no
)
select d.*, v.version_key, v.lists_products
from dated as d
left join contract_versions as v
    on v.contract_no = d.contract_no and d.contract_day >= v.from_day and d.contract_day < v.to_day
