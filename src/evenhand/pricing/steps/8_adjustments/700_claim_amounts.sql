-- kept
-- needs contract_adjusters
-- Adjusted claims of contracts that hold the claim to its charges: what they come to with all adjustments.
with adjusted as (
    select claim_key, amount from outliers
    union all select claim_key, amount from line_limits
    union all select claim_key, amount from stop_losses
    union all select claim_key, amount from claim_holds
),
summed as (
    select claim_key, cast(coalesce(sum(amount), 0) as decimal(18, 2)) as amount from adjusted group by claim_key
),
numbered as (
    select
        a.claim_key, a.line_key, a.expected_amount, s.amount,
        case when a.packaged and a.charge_amount < 0 then null else a.charge_amount end as charge_amount,
        row_number() over (partition by a.claim_key order by a.line_no, a.line_key) as nth
    from adjustable_lines as a
    inner join summed as s on s.claim_key = a.claim_key
    inner join contract_versions as v on v.version_key = a.version_key and v.lesser_of = 'claim'
)
select
    claim_key, max(case when nth = 1 then line_key end) as line_key,
    cast(sum(expected_amount) + max(amount) as decimal(18, 2)) as amount,
    cast(sum(coalesce(charge_amount, 0)) as decimal(18, 2)) as charge_amount
from numbered
group by claim_key
