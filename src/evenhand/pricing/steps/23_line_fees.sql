-- kept
-- Each line with the answer for its service and day, and its fee by itself: before ranking and limits.
-- Ordinary sums take the short multiplication, huge ones the wide; a fee of a trillion dollars comes from units
-- nobody rendered and is no price.
select
    l.line_key, l.claim_key, l.version_key, l.line_no, l.service_day, l.units, l.charge_amount, l.service_key,
    a.answer_key, a.ranks,
    case
        when a.method = 'excluded' then cast(0 as decimal(18, 2))
        when a.method = 'percent_of_charges' and abs(l.charge_amount) < 1000000
            then cast(round(l.charge_amount * a.percent, 2) as decimal(18, 2))
        when a.method = 'percent_of_charges'
            then cast(round(cast(l.charge_amount as decimal(19, 2)) * a.percent, 2) as decimal(18, 2))
        when a.per = 'line' then a.modified_rate
        when abs(l.units) < 1000000 and abs(a.modified_rate) < 1000000
            then cast(round(a.modified_rate * l.units, 2) as decimal(18, 2))
        when abs(cast(a.modified_rate as decimal(19, 2)) * l.units) < 1000000000000
            then cast(round(cast(a.modified_rate as decimal(19, 2)) * l.units, 2) as decimal(18, 2))
    end as fee_amount
from service_lines_matched as l
left join answers as a
    on a.service_key = l.service_key and l.service_day >= a.from_day and l.service_day < a.to_day
