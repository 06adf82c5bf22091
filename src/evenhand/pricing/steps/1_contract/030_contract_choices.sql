-- kept
-- One contract fits: it is chosen. None or several: the outcome says so. The others are named with the reason.
with counted as (
    select
        party_key,
        sum(case when why_not is null then 1 else 0 end) as fitting,
        max(case when why_not is null then version_key end) as version_key,
        sum(case when why_not = 'the claim has no date' then 1 else 0 end) as dateless
    from contracts_considered
    group by party_key
),
told as (
    select
        w.party_key,
        string_agg(w.contract || ': ' || coalesce(w.why_not, 'fits as well'), '; ' order by w.contract_no) as runners_up
    from contracts_considered as w
    inner join counted as n on n.party_key = w.party_key
    where not (n.fitting = 1 and w.why_not is null)
    group by w.party_key
)
select
    p.party_key, p.payer, p.payer_id, p.product, p.billing_npi, p.billing_tin, p.contract_day,
    case when n.fitting = 1 then n.version_key end as version_key,
    case
        when n.fitting = 1 then null
        when n.fitting > 1 then 'ambiguous contract'
        when n.dateless > 0 then 'no date'
        else 'no contract'
    end as outcome,
    case when n.party_key is null then 'no contract names this payer' else t.runners_up end as runners_up
from claim_parties as p
left join counted as n on n.party_key = p.party_key
left join told as t on t.party_key = p.party_key
