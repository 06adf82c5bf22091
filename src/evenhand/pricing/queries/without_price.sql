-- What stays without a price, and why; where no contract could be chosen, what was considered (without the day).
select
    q.outcome, q.contract_id,
    case when q.contract_id is null
        then regexp_replace(c.runners_up, ' on [0-9]{4}-[0-9]{2}-[0-9]{2}', ' on the day', 'g')
    end as considered,
    count(distinct q.claim_key) as claims, count(*) as lines,
    cast(sum(q.charge_amount) as decimal(18, 2)) as charge_amount
from priced_lines_asked as q
inner join priced_claims as c on c.claim_key = q.claim_key
where q.expected_amount is null
group by all
order by sum(q.charge_amount) desc nulls last, q.outcome, q.contract_id, considered
