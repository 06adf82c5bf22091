-- Each line with its claim's class and, in `facts`, what the version's terms ask about a line besides its code, as one
-- text with a separator no code holds: lines of a class alike in code and facts are alike to every term.
select
    l.line_key, l.claim_key, c.class_key, c.version_key,
    coalesce(l.claim_line_number, 2147483647) as line_no,
    coalesce(l.service_date, c.contract_day) as service_day,
    coalesce(l.units, 1) as units,
    -- a charge of a trillion dollars or more is no charge anyone made
    case when abs(l.charge_amount) < 1000000000000 then l.charge_amount end as charge_amount,
    case when abs(l.invoice_amount) < 1000000000000 then l.invoice_amount end as invoice_amount,
    l.hcpcs_code as code,
    case
        when v.asks_lines
            then coalesce(case when v.asks_revenue_codes then l.revenue_center_code end, '') || chr(31)
            || coalesce(case when v.asks_modifiers then l.modifiers end, '') || chr(31)
            || coalesce(case when v.asks_place_of_service then l.place_of_service_code end, '') || chr(31)
            || coalesce(case when v.asks_setting then l.setting end, '') || chr(31)
            || coalesce(case when v.asks_rendering_npi then l.rendering_npi end, '') || chr(31)
            || coalesce(b.band, '') || chr(31) || coalesce(i.band, '')
        else ''
    end as facts
from service_lines as l
inner join classed_claims as c on c.claim_key = l.claim_key
inner join contract_versions as v on v.version_key = c.version_key
left join contract_bands as b
    on b.version_key = c.version_key and b.measure = 'charge'
    and l.charge_amount >= b.low and l.charge_amount < b.high
-- the invoice of one unit, without dividing
left join contract_bands as i
    on i.version_key = c.version_key and i.measure = 'invoice' and abs(l.invoice_amount) < 1000000000000
    and l.invoice_amount >= cast(i.low as decimal(19, 2)) * case when l.units > 0 then l.units else 1 end
    and l.invoice_amount < cast(i.high as decimal(19, 2)) * case when l.units > 0 then l.units else 1 end
