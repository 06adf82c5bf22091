-- Each line with the answer for its service and day, and its fee by itself: before ranking and limits.
-- Ordinary sums take the short multiplication, huge ones the wide; a fee of a trillion dollars comes from units
-- nobody rendered and is no price.
create temporary table line_fees as
SELECT
  l.line_key,
  l.claim_key,
  l.version_key,
  l.line_no,
  l.service_day,
  l.units,
  l.charge_amount,
  l.service_key,
  a.answer_key,
  NOT a.ranking_key IS NULL AS ranks,
  CASE
    WHEN l.units > a.most_units
    AND ABS(CAST(a.unit_fee AS DECIMAL(19, 2)) * a.most_units) < 1000000000000
    THEN CAST(ROUND(CAST(a.unit_fee AS DECIMAL(19, 2)) * a.most_units, 2) AS DECIMAL(18, 2))
    WHEN ABS(a.unit_fee) < 1000000 AND ABS(l.units) < 1000000
    THEN CAST(ROUND(a.unit_fee * l.units, 2) AS DECIMAL(18, 2))
    WHEN NOT a.fixed_fee IS NULL
    THEN a.fixed_fee
    WHEN NOT a.invoice_share IS NULL
    THEN CAST(ROUND(
      CASE
        WHEN CAST(l.invoice_amount AS DECIMAL(19, 2)) * a.invoice_share > CAST(a.invoice_most AS DECIMAL(19, 4)) * CASE WHEN l.units > 0 THEN l.units ELSE 1 END
        THEN CAST(a.invoice_most AS DECIMAL(19, 4)) * CASE WHEN l.units > 0 THEN l.units ELSE 1 END
        ELSE CAST(l.invoice_amount AS DECIMAL(19, 2)) * a.invoice_share
      END,
      2
    ) AS DECIMAL(18, 2))
    WHEN ABS(l.charge_amount) < 1000000 AND NOT a.charge_share IS NULL
    THEN CAST(ROUND(l.charge_amount * a.charge_share, 2) AS DECIMAL(18, 2))
    WHEN NOT a.charge_share IS NULL
    THEN CAST(ROUND(CAST(l.charge_amount AS DECIMAL(19, 2)) * a.charge_share, 2) AS DECIMAL(18, 2))
    WHEN ABS(CAST(a.unit_fee AS DECIMAL(19, 2)) * l.units) < 1000000000000
    THEN CAST(ROUND(CAST(a.unit_fee AS DECIMAL(19, 2)) * l.units, 2) AS DECIMAL(18, 2))
  END AS fee_amount
FROM service_lines_matched AS l
LEFT JOIN answers AS a
  ON a.service_key = l.service_key
  AND l.service_day >= a.from_day
  AND l.service_day < a.to_day;

-- The invoices that lines are paid by.
create temporary table invoice_lines as
SELECT
  f.line_key,
  l.invoice_amount
FROM (
  SELECT
    answer_key
  FROM answers
  WHERE
    NOT invoice_share IS NULL
) AS a
INNER JOIN line_fees AS f
  ON f.answer_key = a.answer_key
INNER JOIN service_lines AS l
  ON l.line_key = f.line_key
WHERE
  NOT f.fee_amount IS NULL;
