-- kept
-- Every line a payer allowed something for, with what Medicare pays it. What is told for the claim as a whole stands
-- on its first line, so that such lines are compared claim by claim.
select
    n.line_key, n.claim_key, n.payer, n.product_shown as product, n.hcpcs_code, n.allowed_amount,
    n.allowed_method = 'claim level' or n.whole_price = 1 as by_claim,
    p.expected_amount as medicare_amount,
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
left join medicare_years as d on d.year = extract(year from coalesce(n.service_date, s.claim_start_date))
left join medicare_lines as p on p.line_key = n.line_key
where n.allowed_amount is not null
    and n.state not in ('denied', 'not remitted', 'reversed', 'capitated', 'unclear')
    and coalesce(n.payer_sequence, 'primary') = 'primary'
