-- How many claims have at least one line valued.
select count(distinct claim_key) as claims from valued where comparable = 1
