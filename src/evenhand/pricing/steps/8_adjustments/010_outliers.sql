-- kept
-- needs contract_outliers
-- Stays whose cost, charges times the contract's ratio, exceeds what they are paid and the fixed loss: a share of the
-- excess is paid on top. It stands on the first line of the stay's price; without an amount where a charge is missing.
with counted as (
    select
        a.claim_key, o.term_key, max(case when a.place = 1 then a.line_key end) as line_key,
        cast(sum(a.expected_amount) as decimal(18, 2)) as payment,
        cast(sum(a.charge_amount) as decimal(18, 2)) as charge_amount,
        count(*) - count(a.charge_amount) as uncharged
    from (select claim_key, claim_term_key from adjustable_lines where place = 1) as p
    inner join contract_outliers as o on o.term_key = p.claim_term_key
    inner join adjustable_lines as a
        on a.claim_key = p.claim_key and (a.place is not null or (o.counts_carve_outs and a.protected))
    group by a.claim_key, o.term_key
),
judged as (
    select
        c.claim_key, c.line_key, o.name, o.cite, coalesce(b.percent, o.percent) as percent,
        case
            when c.uncharged = 0
                then cast(round(cast(c.charge_amount as decimal(19, 2)) * o.cost_to_charge, 2) as decimal(18, 2))
        end as cost,
        cast(c.payment + cast(round(cast(o.fixed_loss as decimal(19, 2)) * e.factor, 2) as decimal(18, 2)) as decimal(18, 2))
            as threshold_amount
    from counted as c
    inner join contract_outliers as o on o.term_key = c.term_key
    inner join classed_claims as k on k.claim_key = c.claim_key
    inner join claim_classes as d on d.class_key = k.class_key
    inner join contract_escalations as e
        on e.version_key = o.version_key and e.escalates = o.escalates
        and k.contract_day >= e.from_day and k.contract_day < e.to_day
    left join contract_outlier_drgs as b
        on b.term_key = o.term_key and b.size = length(trim(d.drg))
        and upper(trim(d.drg)) >= b.low and upper(trim(d.drg)) <= b.high
)
select
    claim_key, line_key, name, cite, case when cost is not null then threshold_amount end as threshold_amount,
    case when cost - threshold_amount is not null then percent end as percent,
    cast(cost - threshold_amount as decimal(18, 2)) as basis_amount,
    cast(round(cast(cost - threshold_amount as decimal(19, 2)) * percent, 2) as decimal(18, 2)) as amount
from judged
where coalesce(cost > threshold_amount, true)
