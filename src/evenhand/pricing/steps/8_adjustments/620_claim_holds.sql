-- kept
-- needs contract_limits
-- What limits of whole claims make of them: one row for each claim they change, or cannot judge.
with shares as (
    select
        p.claim_key, p.line_key, p.amount, l.position, l.name, l.cite, l.floor_kind, l.cap_kind, l.cap_share,
        l.floor_amount, l.cap_amount,
        p.uncharged > 0 and (l.floor_share is not null or l.cap_share is not null) as unknown,
        cast(round(cast(p.charge_amount as decimal(19, 2)) * l.floor_share, 2) as decimal(18, 2)) as floor_by_charge,
        cast(round(cast(p.charge_amount as decimal(19, 2)) * l.cap_share, 2) as decimal(18, 2)) as cap_by_charge
    from held_claims as p
    inner join contract_limits as l on l.limit_key = p.limit_key
),
raised as (
    select
        *,
        case
            when floor_by_charge > coalesce(floor_amount, amount) and floor_by_charge > amount then floor_by_charge
            when floor_amount > amount then floor_amount
            else amount
        end as lifted
    from shares
),
held as (
    select
        *,
        case
            when cap_by_charge < coalesce(cap_amount, lifted) and cap_by_charge < lifted then cap_by_charge
            when cap_amount < lifted then cap_amount
            else lifted
        end as target
    from raised
)
select
    claim_key, line_key, position, name, cite,
    case
        when not unknown then case when target > amount then floor_kind else cap_kind end
        when cap_share is null then floor_kind
        else cap_kind
    end as kind,
    case when not unknown then target end as basis_amount,
    case when not unknown then amount end as replaced_amount,
    case when not unknown then cast(target - amount as decimal(18, 2)) end as amount
from held
where unknown or target <> amount
