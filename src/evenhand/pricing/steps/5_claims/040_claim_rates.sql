-- needs claim_terms
-- What each claim that is paid as a whole is paid by: its rate, its days, its charges, how many lines lack one.
with totals as (
    select
        claim_key, term_key, cast(sum(charge_amount) as decimal(18, 2)) as charge_amount,
        count(*) - count(charge_amount) as uncharged
    from included_lines
    group by claim_key, term_key
),
rated as (
    select
        s.claim_key, s.term_key, v.lesser_of, t.method, s.uncharged, x.factor as transfer_factor,
        case when s.uncharged = 0 then s.charge_amount end as charge_amount,
        case when t.method = 'drg_weights' then cast(g.amount as decimal(12, 6)) else coalesce(e.share, t.percent) end as percent,
        case when t.method = 'fee_schedule' then g.amount else t.amount end as amount,
        case
            when t.method in ('amount', 'fee_schedule', 'drg_weights', 'levels') or e.share is not null then e.factor
        end as escalation,
        p.amount as parts_amount,
        case
            when x.undated or (w.term_key is not null and f.length_of_stay is null) then null
            when t.method = 'levels' and n.term_key is null then coalesce(p.units, case when d.days <= 0 then 0 end)
            when t.method = 'levels' then coalesce(p.units, 0)
            when t.per = 'day' and t.method = 'amount' then d.days
            else cast(1 as decimal(18, 3))
        end as units
    from totals as s
    inner join contract_terms as t on t.term_key = s.term_key
    inner join contract_versions as v on v.version_key = t.version_key
    inner join claim_stays as f on f.claim_key = s.claim_key
    inner join contract_escalations as e
        on e.version_key = t.version_key and e.escalates = t.escalates
        and f.contract_day >= e.from_day and f.contract_day < e.to_day
    left join counted_days as d on d.claim_key = s.claim_key
    left join drg_rates as g on g.claim_key = s.claim_key and g.term_key = s.term_key
    left join transfers as x on x.claim_key = s.claim_key
    left join contract_windows as w on w.term_key = s.term_key
    left join (select distinct term_key from contract_level_codes) as n on n.term_key = s.term_key
    left join part_sums as p on p.claim_key = s.claim_key
)
select
    *, cast(round(cast(round(amount, 2) as decimal(19, 2)) * escalation, 2) as decimal(19, 2)) as stepped_rate
from rated
