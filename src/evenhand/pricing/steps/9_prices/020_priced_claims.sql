-- Every claim with its contract, the sum of its lines, and what was considered and why it lost.
with lines as (
    select claim_key, expected_amount, 1 as is_line from line_prices
    union all
    select claim_key, adjustment_amount, 0 from adjusted_lines
    union all
    select l.claim_key, cast(null as decimal(18, 2)), 1
    from service_lines as l
    inner join claim_facts as f on f.claim_key = l.claim_key and f.version_key is null
),
summed as (
    select
        claim_key, cast(sum(expected_amount) as decimal(18, 2)) as expected_amount,
        sum(is_line) as line_count, count(case when is_line = 1 then expected_amount end) as priced_count
    from lines
    group by claim_key
)
select
    f.claim_key, v.contract_id, v.version_no,
    case
        when f.version_key is null then c.outcome
        when coalesce(s.priced_count, 0) = 0 then 'no term'
        when s.priced_count = s.line_count then 'priced'
        else 'partly priced'
    end as outcome,
    t.term as claim_term, c.runners_up, a.charge_amount, s.expected_amount,
    coalesce(s.line_count - s.priced_count, 0) as unpriced_lines
from claim_facts as f
inner join contract_choices as c on c.party_key = f.party_key
inner join claim_charges as a on a.claim_key = f.claim_key
left join contract_versions as v on v.version_key = f.version_key
left join summed as s on s.claim_key = f.claim_key
left join claim_prices as x on x.claim_key = f.claim_key
left join contract_terms as t on t.term_key = x.term_key
