-- kept
-- All matches of one remittance line with one billed line.
select * from by_control_number
union all
select * from by_code_and_modifiers
union all
select * from by_code_and_charge
union all
select * from by_code_and_day
union all
select * from by_code
union all
select * from by_split
union all
select * from by_position
