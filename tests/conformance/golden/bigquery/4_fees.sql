-- Each line with the answer for its service and day, and its fee by itself: before ranking and limits. What the answer
-- tells (the service, the version) is not said again: these are as many rows as there are lines.
-- Ordinary sums take the short multiplication, huge ones the wide; a fee of a trillion dollars comes from units
-- nobody rendered and is no price.
create or replace table line_fees as
SELECT
  l.line_key,
  l.claim_key,
  l.line_no,
  l.service_day,
  l.units,
  l.charge_amount,
  a.answer_key,
  NOT a.ranking_key IS NULL AS ranks,
  CASE
    WHEN ABS(a.unit_fee) < 1000000 AND ABS(l.units) < 1000000
    THEN CAST(ROUND(a.unit_fee * l.units, 2) AS NUMERIC)
    WHEN NOT a.fixed_fee IS NULL
    THEN a.fixed_fee
    WHEN ABS(l.charge_amount) < 1000000 AND NOT a.charge_share IS NULL
    THEN CAST(ROUND(l.charge_amount * a.charge_share, 2) AS NUMERIC)
    WHEN NOT a.charge_share IS NULL
    THEN CAST(ROUND(CAST(l.charge_amount AS NUMERIC) * a.charge_share, 2) AS NUMERIC)
    WHEN ABS(CAST(a.unit_fee AS NUMERIC) * l.units) < 1000000000000
    THEN CAST(ROUND(CAST(a.unit_fee AS NUMERIC) * l.units, 2) AS NUMERIC)
    WHEN ABS(
      CAST(a.held_fee AS NUMERIC) * CASE WHEN l.units > a.most_units THEN a.most_units ELSE l.units END
    ) < 1000000000000
    THEN CAST(ROUND(
      CAST(a.held_fee AS NUMERIC) * CASE WHEN l.units > a.most_units THEN a.most_units ELSE l.units END,
      2
    ) AS NUMERIC)
  END AS fee_amount
FROM service_lines_matched AS l
LEFT JOIN answers AS a
  ON a.service_key = l.service_key
  AND l.service_day >= a.from_day
  AND l.service_day < a.to_day;

-- Lines paid by invoice that have one: the share of it, never more than the most for each unit.
create or replace table invoice_lines as
WITH invoiced AS (
  SELECT
    f.line_key,
    l.invoice_amount,
    CAST(l.invoice_amount AS NUMERIC) * a.percent AS share,
    CAST(t.amount AS NUMERIC) * CASE WHEN f.units > 0 THEN f.units ELSE 1 END AS most
  FROM contract_invoices AS c
  INNER JOIN contract_terms AS t
    ON t.term_key = c.term_key
  INNER JOIN answers AS a
    ON a.term_key = c.term_key
  INNER JOIN line_fees AS f
    ON f.answer_key = a.answer_key
  INNER JOIN service_lines AS l
    ON l.line_key = f.line_key AND ABS(l.invoice_amount) < 1000000000000
)
SELECT
  line_key,
  invoice_amount,
  CAST(ROUND(CASE WHEN share > most THEN most ELSE share END, 2) AS NUMERIC) AS fee_amount
FROM invoiced;
