-- kept
-- Where the answer for each settled line stands: on the line; on the claim, when it has this line alone; shared out
-- over the claim, when adjustments stand there and the payer gave no line its own; in the line it was bundled
-- into; or nowhere.
select
    l.line_key, l.claim_key, b.remit_line_key as bundle_key,
    case
        when b.line_key is not null then 'bundle'
        when f.claim_level = 1 and f.billed_lines = 1 then 'claim alone'
        when f.claim_level = 1 and not coalesce(
            o.paid = 0 and o.state in ('denied', 'bundled', 'capitated'), false
        ) then 'claim shared'
        when o.target_key is not null then 'line'
        when f.said_denied = 1 then 'claim denied'
        else 'nowhere'
    end as reading
from service_lines as l
join final_claims as f on f.claim_key = l.claim_key
left join outcomes as o on o.level = 'line' and o.target_key = l.line_key
left join bundled_lines as b on b.line_key = l.line_key
