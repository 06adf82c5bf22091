-- kept
-- Claims that no longer stand, each with the claim that took its place; none after a void, and a void itself
-- is no claim. A void counts more than a replacement; among replacements the last.
with ranked as (
    select
        claim_key, later_key, frequency,
        row_number() over (partition by claim_key order by frequency desc, later_key desc) as rank_no
    from replacements
)
select claim_key, case when frequency = '7' then later_key end as later_key
from ranked
where rank_no = 1
union all
select claim_key, cast(null as bigint) as later_key
from kept_claims
where frequency = '8'
