-- kept
-- Every line a payer allowed something for, with what Medicare pays it, or why Medicare has no price (`missing`).
-- Lines are compared claim by claim where one amount was told for the claim, and where Medicare packages some of them
-- into others.
with packaging as (
    select distinct l.claim_key
    from medicare_lines as p
    inner join service_lines as l on l.line_key = p.line_key
    where p.outcome = 'included'
)
select
    n.line_key, n.claim_key, n.payer, n.product_shown as product, n.hcpcs_code, n.allowed_amount,
    p.expected_amount as medicare_amount, n.allowed_method = 'claim level' or n.whole_price = 1 as told_by_claim,
    g.claim_key is not null and p.outcome in ('priced', 'included') as packaged,
    case
        when p.outcome in ('priced', 'included') then null
        when c.locality is null then 'locality not known'
        when d.year is null then 'no release for ' || extract(year from coalesce(n.service_date, s.claim_start_date))
        when p.outcome = 'no term' or p.outcome is null then 'no Medicare price'
        else p.outcome
    end as missing
from named_lines as n
inner join service_claims as s on s.claim_key = n.claim_key
inner join claim_localities as c on c.claim_key = n.claim_key
left join medicare_years as d
    on d.year = extract(year from coalesce(n.service_date, s.claim_start_date))
    and d.claim_type = case when s.claim_type = 'institutional' then 'institutional' else 'professional' end
left join medicare_lines as p on p.line_key = n.line_key
left join packaging as g on g.claim_key = n.claim_key
where n.allowed_amount is not null
    and n.state not in ('denied', 'not remitted', 'reversed', 'capitated', 'unclear')
    and coalesce(n.payer_sequence, 'primary') = 'primary'
