-- kept
-- needs contract_stop_losses
-- One row for each claim a stop-loss rule pays, or cannot judge: what it comes to, and what it takes the place of. It
-- stands on the first line the rule protects.
with held as (
    select
        *,
        case
            when payment > most then most
            when payment < least then case when least > most then most else least end
            else payment
        end as paid
    from stop_loss_payments
    where payment is not null and not (per_day is not null and by_day is null)
),
priced as (
    select *, case when instead then paid else cast(own_amount + paid as decimal(18, 2)) end as price from held
),
capped as (
    select *, case when price > most_for_claim then most_for_claim else price end as once_capped from priced
),
prices as (
    select
        *, case when replaces_carve_outs then carved_amount else 0 end as given_up,
        case when once_capped > most_by_charge then most_by_charge else once_capped end as final_price
    from capped
),
placed as (
    select m.*, a.line_key, row_number() over (partition by a.claim_key order by a.line_no, a.line_key) as place
    from stop_loss_met as m
    inner join adjustable_lines as a on a.claim_key = m.claim_key and a.protected and not a.carved
)
select
    m.claim_key, m.line_key, m.rule_no as position, m.name, m.cite, p.threshold_amount,
    case when p.shares then p.basis else p.day_rate end as basis_amount,
    case when p.shares then p.percent end as percent,
    case when not p.shares then cast(p.days as decimal(18, 3)) end as units,
    cast(case when p.instead then p.own_amount else 0 end + p.given_up as decimal(18, 2)) as replaced_amount,
    cast(p.final_price - p.own_amount - p.given_up as decimal(18, 2)) as amount
from placed as m
left join prices as p on p.claim_key = m.claim_key
where m.place = 1
