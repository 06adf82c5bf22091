-- kept
-- needs contract_anesthesia
-- What the lines paid by units of anaesthesia say of their time: minutes, or units of time; neither where it is no time
-- that can be counted.
with measured as (
    select
        f.line_key, f.claim_key, f.line_no, f.service_day, f.answer_key, f.units as billed, l.rendering_npi,
        case
            when f.units < 0 or f.units > 2880 then null
            when upper(trim(coalesce(l.unit_measure, ''))) = 'MJ' then 'minutes'
            when upper(trim(coalesce(l.unit_measure, ''))) in ('', 'UN') then c.billed_units
        end as counted
    from contract_anesthesia as c
    inner join answers as a on a.term_key = c.term_key
    inner join line_fees as f on f.answer_key = a.answer_key
    inner join service_lines as l on l.line_key = f.line_key
)
select
    line_key, claim_key, line_no, service_day, answer_key, rendering_npi,
    case
        when counted = 'time units' then cast(0 as decimal(18, 3))
        when counted = 'minutes' and round(billed, 0) = billed then billed
    end as minutes,
    case when counted = 'time units' then billed when counted = 'minutes' then cast(0 as decimal(18, 3)) end as billed_units
from measured
