-- kept
-- One row for each settled claim: whose turn, whether the payer called it denied, whether adjustments
-- stand at claim level, and so how its lines are to be read.
with billed as (
    select claim_key, count(*) as billed_lines
    from service_lines
    group by claim_key
),
settled as (
    select
        claim_key, min(sequence_no) as sequence_no,
        min(case when status_code = '4' then 1 else 0 end) as said_denied
    from finals
    group by claim_key
)
select
    s.claim_key, s.sequence_no, s.said_denied, coalesce(b.billed_lines, 0) as billed_lines,
    case when coalesce(a.at_claim_count, 0) > 0 or p.remit_lines = 0 then 1 else 0 end as claim_level
from settled as s
join paid_sums as p on p.level = 'claim' and p.target_key = s.claim_key
left join billed as b on b.claim_key = s.claim_key
left join adjustment_sums as a on a.level = 'claim' and a.target_key = s.claim_key
