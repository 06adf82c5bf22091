-- needs contract_stop_losses
-- Each claim beside each trigger of its contract that may hold for it, with what the trigger compares.
select
    c.claim_key, c.length_of_stay, c.own_amount, c.carved_amount, s.*, e.factor as growth,
    coalesce(s.fixed_stay_over, y.stay_over) as stay_over,
    coalesce(cast(s.fixed_stay_floor as decimal(9, 0)), y.stay_floor) as stay_floor,
    cast(c.own_charge + case when s.counts_carve_outs then c.carved_charge else 0 end as decimal(18, 2)) as charge_amount,
    c.own_uncharged + case when s.counts_carve_outs then c.carved_uncharged else 0 end as uncharged,
    case
        when s.charges_over is not null
            then cast(round(cast(s.charges_over as decimal(19, 2)) * e.factor, 2) as decimal(18, 2))
        when s.by_service then cast(round(cast(v.charges_over as decimal(19, 2)) * e.factor, 2) as decimal(18, 2))
        when s.times_rate is not null
            then cast(round(cast(c.own_amount as decimal(19, 2)) * s.times_rate, 2) as decimal(18, 2))
    end as charge_threshold,
    cast(round(cast(c.own_amount as decimal(19, 2)) * s.under_share, 2) as decimal(18, 2)) as under_amount
from stop_loss_sums as c
inner join contract_stop_losses as s on s.version_key = c.version_key
inner join contract_escalations as e
    on e.version_key = s.version_key and e.escalates = s.escalates
    and c.contract_day >= e.from_day and c.contract_day < e.to_day
left join stop_loss_scopes as k on k.claim_key = c.claim_key and k.selector_key = s.selector_key
left join average_stays as y on y.claim_key = c.claim_key and y.alternative_key = s.alternative_key
left join stop_loss_services as v on v.claim_key = c.claim_key and v.alternative_key = s.alternative_key
where c.own_lines > 0 and (s.selector_key is null or k.claim_key is not null)
