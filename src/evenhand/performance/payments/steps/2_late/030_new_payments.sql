-- kept
-- What was paid for the first time on each day, and all that was paid of what is due.
select * from (
  select
    claim_key, payment_date,
    cast(
      paid_so_far - coalesce(lag(paid_so_far) over (partition by claim_key order by paid_day), 0.00) as decimal(18, 2)
    ) as new_amount,
    cast(max(paid_so_far) over (partition by claim_key) as decimal(18, 2)) as whole_amount
  from paid_so_far
) as p
where new_amount > 0
