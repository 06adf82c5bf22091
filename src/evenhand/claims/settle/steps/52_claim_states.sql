-- The state of each claim and its allowed amount. Bundled lines do not count beside others.
select
    a.*,
    case
        when reading = 'nothing' and standing_no in (2, 3) then 'reversed'
        when reading = 'nothing' then 'not remitted'
        when reading = 'claim' and (state in ('paid', 'cost share') and denied_lines > 0) then 'partly denied'
        when reading = 'claim' then state
        when paid_lines + cost_share_lines > 0 and denied_lines > 0 then 'partly denied'
        when paid_lines > 0 then 'paid'
        when cost_share_lines > 0 then 'cost share'
        when denied_lines > 0 then 'denied'
        when capitated_lines > 0 then 'capitated'
        when bundled_lines > 0 then 'bundled'
        else 'unclear'
    end as claim_state,
    case
        when reading = 'claim' then allowed
        when reading in ('lines', 'table') and unknown = 0 then line_allowed
        when reading = 'nothing' and coalesce(standing_no, 5) > 3 then coalesce(repriced_allowed_amount, repriced_lines)
    end as claim_allowed,
    case
        when reading = 'claim' then allowed_method
        when reading in ('lines', 'table') then line_method
        else 'repriced'
    end as claim_method
from claim_answers as a
