-- kept
-- needs claim_terms
-- The price of each claim that is paid as a whole; no price where a charge or the days it needs are missing.
with weighted as (
    select
        *,
        case
            when method = 'drg_weights' then cast(round(stepped_rate * percent, 2) as decimal(19, 2))
            else stepped_rate
        end as unit_rate
    from claim_rates
),
summed as (
    select
        *,
        case
            when unit_rate is null then parts_amount
            else cast(round(unit_rate * units, 2) as decimal(38, 2)) + coalesce(parts_amount, 0)
        end as whole
    from weighted
),
judged as (
    select
        *,
        case
            when method = 'excluded' then 'excluded'
            when units is null then 'no date'
            when abs(whole) >= 1000000000000 or abs(units) >= 999999999999999 then 'out of range'
            when method <> 'percent_of_charges' and escalation is null then 'no index'
            when uncharged > 0 and (method = 'percent_of_charges' or lesser_of is not null) then 'no charge'
            else 'priced'
        end as outcome
    from summed
)
select
    claim_key, term_key, lesser_of, charge_amount, amount, escalation, percent, transfer_factor, outcome,
    case when outcome <> 'out of range' then units end as units,
    cast(unit_rate as decimal(18, 2)) as unit_rate,
    case
        when outcome = 'excluded' then cast(0 as decimal(18, 2))
        when outcome <> 'priced' then null
        when method = 'percent_of_charges'
            then cast(round(cast(charge_amount as decimal(19, 2)) * percent, 2) as decimal(18, 2))
        when transfer_factor is not null then cast(round(unit_rate * transfer_factor, 2) as decimal(18, 2))
        else cast(coalesce(whole, 0) as decimal(18, 2))
    end as fee_amount
from judged
