-- kept
-- Each line with the answer for its service and day, and its fee by itself: before ranking and limits. What the answer
-- tells (the service, the version) is not said again: these are as many rows as there are lines.
-- One unit takes no multiplication, ordinary sums the short one, huge ones the wide; a fee of a trillion dollars comes from units
-- nobody rendered and is no price.
select
    l.line_key, l.claim_key, l.line_no, l.service_day, l.units, l.charge_amount,
    a.answer_key, a.ranking_key is not null as ranks,
    case
        when l.units = 1 and abs(a.unit_fee) < 1000000 then a.unit_fee
        when abs(a.unit_fee) < 1000000 and abs(l.units) < 1000000
            then cast(round(a.unit_fee * l.units, 2) as decimal(18, 2))
        when a.fixed_fee is not null then a.fixed_fee
        when abs(l.charge_amount) < 1000000 and a.charge_share is not null
            then cast(round(l.charge_amount * a.charge_share, 2) as decimal(18, 2))
        when a.charge_share is not null
            then cast(round(cast(l.charge_amount as decimal(19, 2)) * a.charge_share, 2) as decimal(18, 2))
        when abs(cast(a.unit_fee as decimal(19, 2)) * l.units) < 1000000000000
            then cast(round(cast(a.unit_fee as decimal(19, 2)) * l.units, 2) as decimal(18, 2))
        when abs(a.held_fee * case when l.units > a.most_units then a.most_units else l.units end)
            < 1000000000000
            then cast(round(
                a.held_fee * case when l.units > a.most_units then a.most_units else l.units end, 2
            ) as decimal(18, 2))
    end as fee_amount
from service_lines_matched as l
left join answers as a
    on a.service_key = l.service_key and l.service_day >= a.from_day and l.service_day < a.to_day
