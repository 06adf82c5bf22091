-- How far the book reaches: the last day of service and the last day of payment.
select
  (select max(claim_start_date) from service_claims) as served,
  (select max(first_payment_date) from settled_claims) as paid
