-- The days on which claims came in, for each rule about when they are to be paid.
select distinct prompt_rule, received_date
from due_amounts
where prompt_rule is not null and received_date is not null
