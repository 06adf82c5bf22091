-- What each line got, by where its answer stands. Shared claim-level money is not dealt out to lines: their allowed
-- and paid amounts stay unknown, unless the payer wrote the allowed amount on each line.
select
    r.line_key, r.claim_key, r.reading,
    case
        when r.reading = 'bundle' then 'bundled'
        when r.reading in ('claim alone', 'claim shared') then c.state
        when r.reading = 'line' then l.state
        when r.reading = 'claim denied' then 'denied'
        else 'not remitted'
    end as state,
    case when r.reading = 'bundle' then 'bundle' when l.method is not null then l.method
        when r.reading <> 'nowhere' then 'claim only' end as match_method,
    coalesce(l.remit_claim_key, c.remit_claim_key) as remit_claim_key,
    coalesce(l.remit_line_key, r.bundle_key) as remit_line_key, coalesce(l.remit_lines, 0) as remit_lines,
    case
        when r.reading = 'bundle' then 0
        when r.reading = 'claim alone' then c.allowed
        when r.reading = 'claim shared' then case when c.allowed_method = 'b6' then l.b6 end
        when r.reading = 'line' then l.allowed
    end as allowed,
    case
        when r.reading = 'bundle' then 'derived'
        when r.reading in ('claim alone', 'claim shared') then c.allowed_method
        when r.reading = 'line' then l.allowed_method
    end as allowed_method,
    case r.reading when 'line' then l.paid when 'claim alone' then c.paid when 'bundle' then 0 end as paid,
    case r.reading when 'line' then l.cost_share when 'claim alone' then c.cost_share end as patient,
    case r.reading when 'line' then l.deductible when 'claim alone' then c.deductible end as deductible,
    case r.reading when 'line' then l.coinsurance when 'claim alone' then c.coinsurance end as coinsurance,
    case r.reading when 'line' then l.copayment when 'claim alone' then c.copayment end as copayment,
    l.units, c.sequence_no, case when r.reading = 'line' then l.balanced else c.balanced end as balanced
from line_readings as r
join allowed as c on c.level = 'claim' and c.target_key = r.claim_key
left join allowed as l on l.level = 'line' and l.target_key = r.line_key
