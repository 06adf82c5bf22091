-- Each line with the answer for its service and day, and its fee by itself: before ranking and limits. What the answer
-- tells (the service, the version) is not said again: these are as many rows as there are lines.
-- Ordinary sums take the short multiplication, huge ones the wide; a fee of a trillion dollars comes from units
-- nobody rendered and is no price.
create or replace temporary table line_fees as
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
    THEN CAST(ROUND(a.unit_fee * l.units, 2) AS DECIMAL(18, 2))
    WHEN NOT a.fixed_fee IS NULL
    THEN a.fixed_fee
    WHEN ABS(l.charge_amount) < 1000000 AND NOT a.charge_share IS NULL
    THEN CAST(ROUND(l.charge_amount * a.charge_share, 2) AS DECIMAL(18, 2))
    WHEN NOT a.charge_share IS NULL
    THEN CAST(ROUND(CAST(l.charge_amount AS DECIMAL(19, 2)) * a.charge_share, 2) AS DECIMAL(18, 2))
    WHEN ABS(CAST(a.unit_fee AS DECIMAL(19, 2)) * l.units) < 1000000000000
    THEN CAST(ROUND(CAST(a.unit_fee AS DECIMAL(19, 2)) * l.units, 2) AS DECIMAL(18, 2))
    WHEN ABS(a.held_fee * CASE WHEN l.units > a.most_units THEN a.most_units ELSE l.units END) < 1000000000000
    THEN CAST(ROUND(
      a.held_fee * CASE WHEN l.units > a.most_units THEN a.most_units ELSE l.units END,
      2
    ) AS DECIMAL(18, 2))
  END AS fee_amount
FROM service_lines_matched AS l
LEFT JOIN answers AS a
  ON a.service_key = l.service_key
  AND l.service_day >= a.from_day
  AND l.service_day < a.to_day;

-- Lines paid by invoice that have one: the share of it, never more than the most for each unit.
create or replace temporary table invoice_lines as
WITH invoiced AS (
  SELECT
    f.line_key,
    l.invoice_amount,
    CAST(l.invoice_amount AS DECIMAL(19, 2)) * a.percent AS share,
    CAST(t.amount AS DECIMAL(19, 4)) * CASE WHEN f.units > 0 THEN f.units ELSE 1 END AS most
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
  CAST(ROUND(CASE WHEN share > most THEN most ELSE share END, 2) AS DECIMAL(18, 2)) AS fee_amount
FROM invoiced;

-- Lines paid by units of anaesthesia: base units, time and physical status, summed and multiplied by the conversion
-- factor, then by what modifiers leave of it. A line whose time cannot be read has no price.
create or replace temporary table anesthesia_lines as
WITH status AS (
  SELECT
    a.answer_key,
    MAX(p.units) AS units
  FROM contract_physical_status AS p
  INNER JOIN answers AS a
    ON a.term_key = p.term_key
  INNER JOIN service_modifiers AS m
    ON m.service_key = a.service_key AND m.modifier = p.modifier
  GROUP BY
    a.answer_key
), measured AS (
  SELECT
    f.line_key,
    f.answer_key,
    f.units AS billed,
    c.factor,
    c.time_key,
    a.basis_amount AS base_units,
    a.escalation,
    a.modifier_factor,
    CASE
      WHEN UPPER(TRIM(COALESCE(l.unit_measure, ''))) = 'MJ'
      THEN 'minutes'
      WHEN UPPER(TRIM(COALESCE(l.unit_measure, ''))) IN ('', 'UN')
      THEN c.billed_units
    END AS counted
  FROM contract_anesthesia AS c
  INNER JOIN answers AS a
    ON a.term_key = c.term_key
  INNER JOIN line_fees AS f
    ON f.answer_key = a.answer_key
  INNER JOIN service_lines AS l
    ON l.line_key = f.line_key
), timed AS (
  SELECT
    m.line_key,
    m.factor,
    m.escalation,
    m.modifier_factor,
    CAST(m.base_units + COALESCE(s.units, CAST(0 AS DECIMAL(20, 14))) AS DECIMAL(20, 14)) AS units_beside,
    CASE
      WHEN m.time_key IS NULL
      THEN CAST(0 AS DECIMAL(20, 14))
      WHEN m.counted = 'minutes'
      THEN t.units
      WHEN m.counted = 'time units' AND m.billed >= 0 AND m.billed <= 2880
      THEN CAST(m.billed AS DECIMAL(20, 14))
    END AS time_units
  FROM measured AS m
  LEFT JOIN status AS s
    ON s.answer_key = m.answer_key
  LEFT JOIN contract_time_units AS t
    ON t.time_key = m.time_key AND t.minutes = m.billed
), priced AS (
  SELECT
    *,
    CAST(units_beside + time_units AS DECIMAL(20, 14)) AS all_units,
    CAST(ROUND(
      CAST(units_beside + time_units AS DECIMAL(20, 14)) * CAST(ROUND(factor * escalation, 4) AS DECIMAL(14, 4)),
      2
    ) AS DECIMAL(18, 2)) AS unit_rate
  FROM timed
)
SELECT
  line_key,
  factor AS basis_amount,
  unit_rate,
  CASE
    WHEN NOT unit_rate IS NULL
    THEN CAST(ROUND(all_units, 6) AS DECIMAL(12, 6))
  END AS all_units,
  CASE
    WHEN NOT unit_rate IS NULL
    THEN CAST(ROUND(time_units, 3) AS DECIMAL(18, 3))
  END AS units,
  CAST(ROUND(CAST(unit_rate AS DECIMAL(19, 2)) * modifier_factor, 2) AS DECIMAL(18, 2)) AS fee_amount
FROM priced;

-- Lines whose fee is made in a way of its own, and what it is made of.
create or replace temporary table fees_apart as
SELECT
  line_key,
  invoice_amount AS basis_amount,
  CAST(NULL AS DECIMAL(12, 6)) AS all_units,
  CAST(NULL AS DECIMAL(18, 2)) AS unit_rate,
  CAST(NULL AS DECIMAL(18, 3)) AS units,
  fee_amount
FROM invoice_lines
UNION ALL
SELECT
  line_key,
  basis_amount,
  all_units,
  unit_rate,
  units,
  fee_amount
FROM anesthesia_lines;
