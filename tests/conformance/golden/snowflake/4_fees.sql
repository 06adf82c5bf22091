-- Each line with the answer for its service and day, and its fee by itself: before ranking and limits. What the answer
-- tells (the service, the version) is not said again: these are as many rows as there are lines.
-- One unit takes no multiplication, ordinary sums the short one, huge ones the wide; a fee of a trillion dollars comes from units
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
    WHEN l.units = 1 AND ABS(a.unit_fee) < 1000000
    THEN a.unit_fee
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

-- What the lines paid by units of anaesthesia say of their time: minutes, or units of time; neither where it is no time
-- that can be counted.
create or replace temporary table anesthesia_times as
WITH measured AS (
  SELECT
    f.line_key,
    f.claim_key,
    f.line_no,
    f.service_day,
    f.answer_key,
    f.units AS billed,
    l.rendering_npi,
    CASE
      WHEN f.units < 0 OR f.units > 2880
      THEN NULL
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
)
SELECT
  line_key,
  claim_key,
  line_no,
  service_day,
  answer_key,
  rendering_npi,
  CASE
    WHEN counted = 'time units'
    THEN CAST(0 AS DECIMAL(18, 3))
    WHEN counted = 'minutes' AND ROUND(billed, 0) = billed
    THEN billed
  END AS minutes,
  CASE
    WHEN counted = 'time units'
    THEN billed
    WHEN counted = 'minutes'
    THEN CAST(0 AS DECIMAL(18, 3))
  END AS billed_units
FROM measured;

-- Of terms that pay one code for a session: the line with the most base units among those of one anaesthetist, claim and
-- day, and the time of all. A nurse (QX, QZ) and the physician have a session each. Without the time of one line, that of
-- all is not known.
create or replace temporary table anesthesia_sessions as
WITH nurses AS (
  SELECT DISTINCT
    service_key
  FROM service_modifiers
  WHERE
    modifier IN ('QX', 'QZ')
), headed AS (
  SELECT
    t.line_key,
    t.minutes,
    t.billed_units,
    FIRST_VALUE(t.line_key) OVER (
      PARTITION BY t.claim_key, t.service_day, a.term_key, UPPER(TRIM(COALESCE(t.rendering_npi, ''))), n.service_key IS NULL
      ORDER BY a.basis_amount DESC NULLS LAST, t.line_no, t.line_key
    ) AS head_key
  FROM contract_anesthesia_sessions AS c
  INNER JOIN answers AS a
    ON a.term_key = c.term_key
  INNER JOIN anesthesia_times AS t
    ON t.answer_key = a.answer_key
  LEFT JOIN nurses AS n
    ON n.service_key = a.service_key
)
SELECT
  line_key,
  head_key,
  CASE
    WHEN COUNT(minutes) OVER (PARTITION BY head_key) = COUNT(*) OVER (PARTITION BY head_key)
    THEN SUM(minutes) OVER (PARTITION BY head_key)
  END AS minutes,
  SUM(billed_units) OVER (PARTITION BY head_key) AS billed_units
FROM headed;

-- Lines paid by units of anaesthesia: base units, time and physical status, summed and multiplied by the conversion
-- factor, then by what modifiers leave of it. A line whose time cannot be read has no price; one that is paid with
-- another of its session is not here.
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
    t.line_key,
    t.answer_key,
    c.factor,
    c.time_key,
    a.basis_amount AS base_units,
    a.escalation,
    a.modifier_factor,
    CASE WHEN s.line_key IS NULL THEN t.minutes ELSE s.minutes END AS minutes,
    CASE WHEN s.line_key IS NULL THEN t.billed_units ELSE s.billed_units END AS billed_units
  FROM contract_anesthesia AS c
  INNER JOIN answers AS a
    ON a.term_key = c.term_key
  INNER JOIN anesthesia_times AS t
    ON t.answer_key = a.answer_key
  LEFT JOIN anesthesia_sessions AS s
    ON s.line_key = t.line_key
  WHERE
    s.line_key IS NULL OR s.head_key = s.line_key
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
      WHEN m.billed_units <= 2880
      THEN CAST(t.units + m.billed_units AS DECIMAL(20, 14))
    END AS time_units
  FROM measured AS m
  LEFT JOIN status AS s
    ON s.answer_key = m.answer_key
  LEFT JOIN contract_time_units AS t
    ON t.time_key = m.time_key AND t.minutes = m.minutes
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
