-- kept
-- One contract is chosen, or the outcome says why none is. The others are named with the reason.
with told as (
    select
        w.party_key,
        string_agg(
            w.contract || ': ' || coalesce(
                w.why_not,
                coalesce('might fit (' || w.doubt || ')', 'fits as well')
                || case when n.chosen_no is null then '' else ', later in precedence' end
            ),
            '; ' order by w.contract_no
        ) as runners_up
    from contracts_considered as w
    inner join contracts_first as n on n.party_key = w.party_key
    where n.chosen_no is null or w.contract_no <> n.chosen_no
    group by w.party_key
)
select
    p.party_key, p.payer, p.payer_id, p.product, p.billing_npi, p.billing_tin, p.usual_day, p.asked,
    c.version_key, coalesce(c.contract_day, p.usual_day) as contract_day,
    case
        when c.version_key is not null then null
        when n.fitting > 1 then 'ambiguous contract'
        when n.fitting = 1 then 'undecided contract'
        when n.dateless > 0 then 'no date'
        else 'no contract'
    end as outcome,
    case when n.party_key is null then 'no contract names this payer' else t.runners_up end as runners_up
from claim_parties as p
left join contracts_first as n on n.party_key = p.party_key
left join contracts_considered as c on c.party_key = p.party_key and c.contract_no = n.chosen_no
left join told as t on t.party_key = p.party_key
