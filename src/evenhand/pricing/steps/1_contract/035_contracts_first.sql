-- kept
-- Of the contracts that fit as far as is known: how many, how many of them come first by precedence, and whether one is
-- chosen: the only one, or the only first one when nothing about it is in doubt.
with ranked as (
    select *, min(case when why_not is null then precedence end) over (partition by party_key) as first_precedence
    from contracts_considered
),
counted as (
    select
        party_key,
        sum(case when why_not is null then 1 else 0 end) as fitting,
        sum(case when why_not is null then must_know else 0 end) as needing,
        sum(case when why_not is null and precedence = first_precedence then 1 else 0 end) as foremost,
        sum(case when why_not is null and precedence = first_precedence and doubt is null then 1 else 0 end) as sure,
        max(case when why_not is null and precedence = first_precedence then contract_no end) as contract_no,
        sum(case when why_not = 'the claim has no date' then 1 else 0 end) as dateless
    from ranked
    group by party_key
)
select
    party_key, fitting, dateless,
    case
        when fitting = 1 and needing = 0 or foremost = 1 and sure = 1 then contract_no
    end as chosen_no
from counted
