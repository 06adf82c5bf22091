-- kept
-- What is compared: a line, or a claim as a whole, under the code Medicare pays most for. A unit has a benchmark where
-- Medicare prices all of it, above zero or within the price of something else; `missing` says why it has none.
with lines as (
    select *, case when told_by_claim or packaged then claim_key else line_key end as unit_key,
        told_by_claim or packaged as by_claim
    from benchmark_lines
),
ranked as (
    select *, row_number() over (
        partition by unit_key, by_claim order by coalesce(medicare_amount, 0) desc, line_key
    ) as nth
    from lines
),
units as (
    select
        unit_key, min(claim_key) as claim_key, by_claim, payer, product, max(case when nth = 1 then hcpcs_code end) as hcpcs_code,
        count(*) as lines, sum(allowed_amount) as allowed, sum(medicare_amount) as medicare, max(missing) as missing
    from ranked
    group by unit_key, by_claim, payer, product
)
select
    unit_key, claim_key, by_claim, payer, product, hcpcs_code, lines, cast(allowed as decimal(18, 2)) as allowed,
    case when missing is null then cast(medicare as decimal(18, 2)) end as medicare, missing
from units
