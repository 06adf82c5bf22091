-- Rules and days of receipt a due date is needed for.
select prompt_rule, received_date from receipts order by prompt_rule, received_date
