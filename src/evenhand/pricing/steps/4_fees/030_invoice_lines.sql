-- kept
-- The invoices that lines are paid by.
select f.line_key, l.invoice_amount
from (select answer_key from answers where invoice_share is not null) as a
inner join line_fees as f on f.answer_key = a.answer_key
inner join service_lines as l on l.line_key = f.line_key
where f.fee_amount is not null
