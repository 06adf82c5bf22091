-- kept
-- Every kept claim and the claim that stands for it now: itself, its replacement (or that one's, up to three steps
-- on), or none when it was voided.
select
    c.claim_key,
    case
        when r1.claim_key is null then c.claim_key
        when r2.claim_key is null then r1.later_key
        when r3.claim_key is null then r2.later_key
        when r4.claim_key is null then r3.later_key
    end as standing_key
from kept_claims as c
left join replaced_claims as r1 on r1.claim_key = c.claim_key
left join replaced_claims as r2 on r2.claim_key = r1.later_key
left join replaced_claims as r3 on r3.claim_key = r2.later_key
left join replaced_claims as r4 on r4.claim_key = r3.later_key
