-- kept
-- needs contract_invoices
-- Lines paid by invoice that have one: the share of it, never more than the most for each unit.
with invoiced as (
    select
        f.line_key, l.invoice_amount,
        cast(l.invoice_amount as decimal(19, 2)) * a.percent as share,
        cast(t.amount as decimal(19, 4)) * case when f.units > 0 then f.units else 1 end as most
    from contract_invoices as c
    inner join contract_terms as t on t.term_key = c.term_key
    inner join answers as a on a.term_key = c.term_key
    inner join line_fees as f on f.answer_key = a.answer_key
    inner join service_lines as l on l.line_key = f.line_key and abs(l.invoice_amount) < 1000000000000
)
select
    line_key, invoice_amount,
    cast(round(case when share > most then most else share end, 2) as decimal(18, 2)) as fee_amount
from invoiced
