-- kept
-- needs contract_limits
-- Claims with a limit for the whole claim: what they come to so far, and their charges. The first limit holds that
-- covers a line of the claim.
with covered as (
    select a.claim_key, min(l.limit_key) as limit_key
    from adjustable_lines as a
    inner join contract_limits as l on l.version_key = a.version_key and l.level = 'claim'
    left join contract_limit_terms as t on t.limit_key = l.limit_key and t.term_key = a.term_key
    left join matches as m on m.service_key = a.service_key and m.selector_key = l.selector_key
    where (t.term_key is not null or not l.has_terms) and (m.selector_key is not null or l.selector_key is null)
    group by a.claim_key
),
numbered as (
    select
        a.claim_key, a.line_key, a.charge_amount, a.amount_so_far, c.limit_key,
        row_number() over (partition by a.claim_key order by a.line_no, a.line_key) as nth
    from amounts_so_far as a
    inner join covered as c on c.claim_key = a.claim_key
)
select
    n.claim_key, n.limit_key, max(case when n.nth = 1 then n.line_key end) as line_key,
    cast(sum(n.amount_so_far) + coalesce(max(s.amount), 0) as decimal(18, 2)) as amount,
    cast(sum(n.charge_amount) as decimal(18, 2)) as charge_amount,
    count(*) - count(n.charge_amount) as uncharged
from numbered as n
left join stop_losses as s on s.claim_key = n.claim_key
group by n.claim_key, n.limit_key
