-- What one claim was adjusted by, in order.
select * from priced_adjustments where claim_key = $1 order by position, line_key
