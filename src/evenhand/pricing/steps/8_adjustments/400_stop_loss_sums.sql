-- kept
-- needs contract_stop_losses
-- What stop-loss looks at in each claim: charges and prices, of carve-outs apart.
select
    a.claim_key, a.version_key, f.contract_day, f.length_of_stay,
    count(case when not a.carved then 1 end) as own_lines,
    cast(sum(case when a.carved then 0 else coalesce(a.charge_amount, 0) end) as decimal(18, 2)) as own_charge,
    cast(sum(case when a.carved then coalesce(a.charge_amount, 0) else 0 end) as decimal(18, 2)) as carved_charge,
    count(case when a.charge_amount is null and not a.carved then 1 end) as own_uncharged,
    count(case when a.charge_amount is null and a.carved then 1 end) as carved_uncharged,
    cast(sum(case when a.carved then 0 else a.amount_so_far end) as decimal(18, 2)) as own_amount,
    cast(sum(case when a.carved then a.amount_so_far else 0 end) as decimal(18, 2)) as carved_amount
from amounts_so_far as a
inner join (select distinct version_key from contract_stop_losses) as s on s.version_key = a.version_key
inner join claim_stays as f on f.claim_key = a.claim_key
where a.protected
group by a.claim_key, a.version_key, f.contract_day, f.length_of_stay
