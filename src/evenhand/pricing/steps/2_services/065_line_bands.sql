-- kept
-- needs contract_line_bands
-- The bands of charge and invoice that each line falls in, by the thresholds its version names.
select l.line_key, b.band as charge_band, i.band as invoice_band
from classed_claims as c
inner join claim_classes as k on k.class_key = c.class_key
inner join (select distinct version_key from contract_line_bands) as v on v.version_key = k.version_key
inner join service_lines as l on l.claim_key = c.claim_key
left join contract_line_bands as b
    on b.version_key = k.version_key and b.measure = 'charge'
    and l.charge_amount >= b.low and l.charge_amount < b.high
-- the invoice of one unit, without dividing
left join contract_line_bands as i
    on i.version_key = k.version_key and i.measure = 'invoice' and abs(l.invoice_amount) < 1000000000000
    and l.invoice_amount >= cast(i.low as decimal(19, 2)) * case when l.units > 0 then l.units else 1 end
    and l.invoice_amount < cast(i.high as decimal(19, 2)) * case when l.units > 0 then l.units else 1 end
