-- What each term pays. priced_charges: of the lines that have a price.
select
  contract_id, term, min(term_no) as term_no, count(*) as lines, count(distinct claim_key) as claims,
  sum(coalesce(charge_amount, 0.00)) as charges, sum(coalesce(expected_amount, 0.00)) as expected,
  sum(case when expected_amount is not null then coalesce(charge_amount, 0.00) else 0.00 end) as priced_charges,
  sum(case when expected_amount is null then 1 else 0 end) as unpriced_lines
from asked_lines
where term is not null
group by contract_id, term
