-- kept
-- What is compared: a line, or a claim as a whole. A unit has a benchmark where Medicare prices all of it, above zero
-- or within the price of something else on the claim; `missing` says why it has none.
with units as (
    select
        case when by_claim then claim_key else line_key end as unit_key, by_claim, payer, product,
        min(hcpcs_code) as hcpcs_code, count(*) as lines, sum(allowed_amount) as allowed,
        sum(medicare_amount) as medicare,
        max(missing) as missing
    from benchmark_lines
    group by case when by_claim then claim_key else line_key end, by_claim, payer, product
)
select
    unit_key, by_claim, payer, product, hcpcs_code, lines, cast(allowed as decimal(18, 2)) as allowed,
    case when missing is null then cast(medicare as decimal(18, 2)) end as medicare, missing
from units
