-- kept
-- needs contract_charge_holds
-- Lesser-of by claim: fees count in line order until the claim's charges are used up, so the sum is exactly the lesser.
-- What is packaged is paid nothing of its own, and its charges are the claim's all the same (a negative one takes none away).
with running as (
    select
        line_key, claim_key, line_no, fee_amount,
        cast(sum(case when outcome = 'priced' or limit_charge > 0 then limit_charge else 0 end) over (
            partition by claim_key
        ) as decimal(18, 2)) as cap,
        cast(sum(fee_amount) over (
            partition by claim_key order by line_no, line_key rows between unbounded preceding and current row
        ) as decimal(18, 2)) as so_far,
        row_number() over (partition by claim_key order by line_no, line_key) as nth
    from line_amounts
    where lesser_of = 'claim' and (outcome = 'priced' or outcome = 'included' and place is null)
),
capped as (
    select
        line_key, fee_amount, cap,
        case when so_far < cap then so_far else cap end as given,
        case
            when nth = 1 then cast(0 as decimal(18, 2))
            when so_far - fee_amount < cap then cast(so_far - fee_amount as decimal(18, 2))
            else cap
        end as given_before
    from running
)
select line_key, cap, cast(given - given_before as decimal(18, 2)) as expected_amount from capped
