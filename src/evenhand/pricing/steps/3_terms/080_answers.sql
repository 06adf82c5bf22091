-- kept
-- The price of one unit of each service on each piece of its timeline, cut again where the escalator steps; where no
-- term pays it, a row that says so.
with dated as (
    select
        w.service_key, w.term_key, w.basis_amount, w.rate_modifier, w.indicator_no, w.profile_no,
        t.method, t.per, coalesce(e.share, t.percent) as percent, t.once_key,
        -- two units that are both sides are paid as one, at what modifier 50 is paid
        case
            when b.service_key is not null and coalesce(t.most_units, 2) > 1 then cast(1 as decimal(18, 3))
            else t.most_units
        end as most_units,
        case when t.method in ('fee_schedule', 'percent_of', 'amount') then b.factor end as sides_factor,
        t.method in ('fee_schedule', 'percent_of', 'amount') as by_rate,
        t.method in ('fee_schedule', 'percent_of', 'amount', 'anesthesia') as by_factor, e.factor as escalation, e.share,
        case
            when t.percent is null then cast(round(w.basis_amount, 2) as decimal(19, 2))
            else cast(round(cast(w.basis_amount as decimal(19, 6)) * t.percent, 2) as decimal(19, 2))
        end as plain_rate,
        -- a rate with fractions of a cent keeps them until units are counted
        case
            when t.per = 'unit' and w.basis_amount <> round(w.basis_amount, 2)
                then cast(round(cast(w.basis_amount as decimal(19, 6)) * coalesce(t.percent, cast(1 as decimal(12, 6))), 6) as decimal(19, 6))
        end as fine_rate,
        case when e.from_day > w.from_day then e.from_day else w.from_day end as from_day,
        case when e.to_day < w.to_day then e.to_day else w.to_day end as to_day
    from coded_terms as w
    left join contract_terms as t on t.term_key = w.term_key
    left join two_units as b on b.service_key = w.service_key and b.profile_no = w.profile_no
    left join contract_escalations as e
        on e.version_key = t.version_key and e.escalates = t.escalates and e.from_day < w.to_day and e.to_day > w.from_day
),
numbered as (select *, row_number() over (order by from_day, service_key) as answer_key from dated),
sided as (
    select
        w.*,
        case
            when w.sides_factor is null then coalesce(m.modifier_factor, cast(1 as decimal(12, 6)))
            else cast(round(coalesce(m.modifier_factor, cast(1 as decimal(12, 6))) * w.sides_factor, 6) as decimal(12, 6))
        end as own_factor
    from numbered as w
    left join modifier_products as m on m.service_key = w.service_key and m.rate_modifier = w.rate_modifier
        and m.profile_no = w.profile_no
),
escalated as (
    select
        w.*, s.tier,
        case
            when s.tier is null then w.own_factor
            else cast(round(w.own_factor * s.factor, 6) as decimal(12, 6))
        end as modifier_factor
    from sided as w
    left join service_tiers as s on s.service_key = w.service_key
),
-- multiplied only where the factor does something: most do not
stepped as (
    select *,
        case
            when escalation = 1 then cast(plain_rate as decimal(18, 2))
            else cast(round(plain_rate * escalation, 2) as decimal(18, 2))
        end as unit_rate
    from escalated
),
modified as (
    select *,
        cast(round(
            cast(round(fine_rate * escalation, 6) as decimal(19, 6)) * modifier_factor, 6
        ) as decimal(19, 6)) as fine_fee,
        case
            when modifier_factor = 1 then unit_rate
            else cast(round(cast(unit_rate as decimal(19, 2)) * modifier_factor, 2) as decimal(18, 2))
        end as modified_rate
    from stepped
)
select
    r.answer_key, s.version_key, r.service_key, r.from_day, r.to_day, r.term_key, r.method, r.per, r.percent, v.lesser_of,
    case when r.by_factor then r.basis_amount end as basis_amount,
    case when r.by_factor or r.share is not null then r.escalation end as escalation,
    case when r.by_rate and r.fine_rate is null then r.unit_rate end as unit_rate,
    case when r.by_factor then r.modifier_factor end as modifier_factor,
    -- what the fee of a line is made of: one of these four, or an invoice
    case
        when r.by_rate and r.per <> 'line' and r.most_units is null and r.fine_rate is null then r.modified_rate
    end as unit_fee,
    case
        when r.by_rate and r.fine_rate is not null then r.fine_fee
        when r.by_rate and r.per <> 'line' and r.most_units is not null then cast(r.modified_rate as decimal(19, 6))
    end as held_fee,
    case when r.by_rate and r.per <> 'line' then r.most_units end as most_units,
    case
        when r.method in ('excluded', 'packaged', 'capitation') then cast(0 as decimal(18, 2))
        when r.by_rate and r.per = 'line' then r.modified_rate
    end as fixed_fee,
    case when r.method = 'percent_of_charges' then r.percent end as charge_share,
    case when r.by_rate then coalesce(r.once_key, k.ranking_key) end as ranking_key,
    r.once_key is null and coalesce(k.apart, false) as apart,
    case when r.by_factor then r.tier end as tier, r.indicator_no, r.profile_no, r.rate_modifier,
    r.sides_factor is not null as both_sides
from modified as r
inner join services as s on s.service_key = r.service_key
inner join contract_versions as v on v.version_key = s.version_key
left join service_rankings as k on k.service_key = r.service_key and k.profile_no = r.profile_no
