-- The line that speaks for a group: the one that bears most of the price; ties go to the first line.
select * from (
  select
    g.*,
    row_number() over (
      partition by claim_key
      order by whole_price desc, coalesce(expected_amount, 0.00) desc, claim_line_number, line_key
    ) as place
  from grouped_lines as g
  where grouped = 1
) as ranked
where place = 1
