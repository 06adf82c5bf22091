-- Claims a term by DRG covers at least one line of, where its table has the DRG on the claim's day: weight or dollars.
create or replace table drg_rates as
SELECT
  f.claim_key,
  t.term_key,
  MIN(r.rate_key) AS rate_key,
  MIN(r.amount) AS amount
FROM (
  SELECT
    m.service_key,
    c.term_key,
    c.schedule_key
  FROM matches AS m
  INNER JOIN contract_claim_terms AS w
    ON w.term_key = m.selector_key
  INNER JOIN contract_terms AS c
    ON c.term_key = w.term_key AND NOT c.schedule_key IS NULL
) AS t
INNER JOIN answers AS a
  ON a.service_key = t.service_key
INNER JOIN line_fees AS f
  ON f.answer_key = a.answer_key
INNER JOIN classed_claims AS k
  ON k.claim_key = f.claim_key
INNER JOIN claim_classes AS d
  ON d.class_key = k.class_key
INNER JOIN contract_rates AS r
  ON r.schedule_key = t.schedule_key
  AND r.code = UPPER(TRIM(d.drg))
  AND r.modifier = ''
  AND r.setting = ''
  AND r.from_day <= k.contract_day
  AND k.contract_day < r.to_day
GROUP BY
  f.claim_key,
  t.term_key;

-- The claim-level term of a claim: the first that covers at least one of its lines; one by DRG needs the DRG in its table.
create or replace table claim_terms as
SELECT
  claim_key,
  MIN(term_key) AS term_key
FROM (
  SELECT
    f.claim_key,
    t.term_key
  FROM (
    SELECT
      m.service_key,
      c.term_key
    FROM matches AS m
    INNER JOIN contract_claim_terms AS w
      ON w.term_key = m.selector_key
    INNER JOIN contract_terms AS c
      ON c.term_key = w.term_key AND c.schedule_key IS NULL
  ) AS t
  INNER JOIN answers AS a
    ON a.service_key = t.service_key
  INNER JOIN line_fees AS f
    ON f.answer_key = a.answer_key
  UNION ALL
  SELECT
    claim_key,
    term_key
  FROM drg_rates
) AS covering
GROUP BY
  claim_key;

-- Room lines (revenue codes 0100 to 0219) no level of the claim's term names: a per diem does not hold their days.
create or replace table unlevelled_rooms as
SELECT
  f.line_key
FROM claim_terms AS c
INNER JOIN (
  SELECT DISTINCT
    term_key
  FROM contract_level_codes
) AS t
  ON t.term_key = c.term_key
INNER JOIN line_fees AS f
  ON f.claim_key = c.claim_key
INNER JOIN answers AS a
  ON a.answer_key = f.answer_key
INNER JOIN services AS s
  ON s.service_key = a.service_key
LEFT JOIN contract_level_codes AS g
  ON g.term_key = c.term_key
  AND LENGTH(TRIM(s.revenue_code)) = 4
  AND TRIM(s.revenue_code) >= g.low
  AND TRIM(s.revenue_code) <= g.high
WHERE
  g.term_key IS NULL
  AND LENGTH(TRIM(s.revenue_code)) = 4
  AND TRIM(s.revenue_code) >= '0100'
  AND TRIM(s.revenue_code) <= '0219';

-- Lines whose own price gives way to the claim-level one: all but carve-outs, named exceptions and exclusions.
-- Of a claim that is paid nothing, all but the named exceptions; never a room line that a per diem has no level for.
create or replace table included_lines as
SELECT
  f.line_key,
  f.claim_key,
  f.charge_amount,
  c.term_key,
  ROW_NUMBER() OVER (PARTITION BY f.claim_key ORDER BY f.line_no, f.line_key) AS place
FROM line_fees AS f
INNER JOIN claim_terms AS c
  ON c.claim_key = f.claim_key
INNER JOIN contract_terms AS x
  ON x.term_key = c.term_key
INNER JOIN answers AS a
  ON a.answer_key = f.answer_key
LEFT JOIN contract_terms AS t
  ON t.term_key = a.term_key
LEFT JOIN contract_excepts AS e
  ON e.term_key = c.term_key AND e.line_term_key = a.term_key
LEFT JOIN unlevelled_rooms AS u
  ON u.line_key = f.line_key
WHERE
  u.line_key IS NULL
  AND (
    t.term_key IS NULL
    OR (
      e.term_key IS NULL
      AND (
        x.method = 'excluded'
        OR NOT (
          t.carve_out OR t.method IN ('excluded', 'capitation')
        )
      )
    )
  );

-- Days of claims paid by the day: units of the lines the term names by revenue code, else the length of stay.
create or replace view counted_days as
WITH counted AS (
  SELECT
    c.claim_key,
    CASE
      WHEN t.counts_units
      THEN SUM(CASE WHEN NOT m.selector_key IS NULL THEN f.units ELSE 0 END)
      ELSE MAX(x.length_of_stay)
    END AS days
  FROM claim_terms AS c
  INNER JOIN contract_terms AS t
    ON t.term_key = c.term_key AND t.per = 'day'
  INNER JOIN claim_stays AS x
    ON x.claim_key = c.claim_key
  INNER JOIN line_fees AS f
    ON f.claim_key = c.claim_key
  INNER JOIN answers AS a
    ON a.answer_key = f.answer_key
  LEFT JOIN matches AS m
    ON m.service_key = a.service_key AND m.selector_key = c.term_key
  GROUP BY
    c.claim_key,
    t.counts_units
)
SELECT
  claim_key,
  CAST(CASE
    WHEN days > 999999999999999
    THEN 999999999999999
    WHEN days < -999999999999999
    THEN -999999999999999
    ELSE days
  END AS DECIMAL(18, 3)) AS days
FROM counted;

-- The days of each line under a term that pays by level of care, as a span of the days counted: within the stay, its
-- lines in order one after the other, or within the lines of the level. Without revenue codes, the days of the stay.
create or replace view level_spans as
WITH lines AS (
  SELECT
    i.claim_key,
    i.term_key,
    g.group_no,
    f.line_no,
    f.line_key,
    CASE WHEN g.by_stay THEN 0 ELSE g.group_no END AS counted_in,
    CASE WHEN f.units > 0 THEN f.units ELSE CAST(0 AS DECIMAL(18, 3)) END AS units
  FROM included_lines AS i
  INNER JOIN contract_level_codes AS g
    ON g.term_key = i.term_key
  INNER JOIN line_fees AS f
    ON f.line_key = i.line_key
  INNER JOIN answers AS a
    ON a.answer_key = f.answer_key
  INNER JOIN services AS s
    ON s.service_key = a.service_key
    AND LENGTH(TRIM(s.revenue_code)) = 4
    AND TRIM(s.revenue_code) >= g.low
    AND TRIM(s.revenue_code) <= g.high
), spans AS (
  SELECT
    claim_key,
    term_key,
    group_no,
    units,
    CAST(SUM(units) OVER (
      PARTITION BY claim_key, counted_in
      ORDER BY line_no, line_key
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS DECIMAL(38, 3)) AS until_day
  FROM lines
)
SELECT
  claim_key,
  term_key,
  group_no,
  CAST(until_day - units AS DECIMAL(38, 3)) AS after_day,
  until_day
FROM spans
UNION ALL
SELECT
  c.claim_key,
  c.term_key,
  d.group_no,
  CAST(0 AS DECIMAL(38, 3)),
  CAST(n.days AS DECIMAL(38, 3))
FROM claim_terms AS c
INNER JOIN (
  SELECT DISTINCT
    term_key,
    group_no
  FROM contract_level_days
) AS d
  ON d.term_key = c.term_key
LEFT JOIN (
  SELECT DISTINCT
    term_key
  FROM contract_level_codes
) AS g
  ON g.term_key = c.term_key
INNER JOIN counted_days AS n
  ON n.claim_key = c.claim_key AND n.days > 0
WHERE
  g.term_key IS NULL;

-- What the price of a claim is made of where it has parts: the days of each level of care, the days past a case window.
create or replace table claim_parts as
WITH days AS (
  SELECT
    s.claim_key,
    s.term_key,
    t.level_no AS position,
    CASE WHEN s.after_day < t.after_day THEN t.after_day ELSE s.after_day END AS after_day,
    CASE WHEN s.until_day > t.until_day THEN t.until_day ELSE s.until_day END AS until_day
  FROM level_spans AS s
  INNER JOIN contract_level_days AS t
    ON t.term_key = s.term_key
    AND t.group_no = s.group_no
    AND s.after_day < t.until_day
    AND s.until_day > t.after_day
), counted AS (
  SELECT
    claim_key,
    term_key,
    position,
    CAST(SUM(until_day - after_day) AS DECIMAL(38, 3)) AS units
  FROM days
  GROUP BY
    claim_key,
    term_key,
    position
), stated AS (
  SELECT
    c.claim_key,
    c.term_key,
    c.position,
    l.level AS part,
    l.amount,
    c.units
  FROM counted AS c
  INNER JOIN contract_levels AS l
    ON l.term_key = c.term_key AND l.level_no = c.position
  UNION ALL
  SELECT
    c.claim_key,
    c.term_key,
    1,
    CONCAT(CAST('days beyond ' AS VARCHAR), CAST(w.days AS VARCHAR)),
    w.amount,
    CAST(f.length_of_stay - w.days AS DECIMAL(38, 3))
  FROM claim_terms AS c
  INNER JOIN contract_windows AS w
    ON w.term_key = c.term_key
  INNER JOIN claim_stays AS f
    ON f.claim_key = c.claim_key AND f.length_of_stay > w.days
), bounded AS (
  SELECT
    s.*,
    CASE WHEN s.units > 999999999999999 THEN 999999999999999 ELSE s.units END AS held_units
  FROM stated AS s
)
SELECT
  b.claim_key,
  b.term_key,
  b.position,
  b.part,
  CAST(b.held_units AS DECIMAL(18, 3)) AS units,
  CAST(ROUND(CAST(ROUND(b.amount, 2) AS DECIMAL(19, 2)) * e.factor, 2) AS DECIMAL(19, 2)) AS unit_rate,
  CAST(ROUND(
    CAST(ROUND(CAST(ROUND(b.amount, 2) AS DECIMAL(19, 2)) * e.factor, 2) AS DECIMAL(19, 2)) * CAST(b.held_units AS DECIMAL(18, 3)),
    2
  ) AS DECIMAL(38, 2)) AS amount
FROM bounded AS b
INNER JOIN contract_terms AS t
  ON t.term_key = b.term_key
INNER JOIN claim_stays AS f
  ON f.claim_key = b.claim_key
INNER JOIN contract_escalations AS e
  ON e.version_key = t.version_key
  AND e.escalates = t.escalates
  AND f.contract_day >= e.from_day
  AND f.contract_day < e.to_day;

-- Cases that end in a transfer: the share of the price they have earned by their last night, where it is not all of it.
create or replace view transfers as
SELECT
  c.claim_key,
  s.factor,
  f.length_of_stay IS NULL AS undated
FROM claim_terms AS c
INNER JOIN drg_rates AS r
  ON r.claim_key = c.claim_key AND r.term_key = c.term_key
INNER JOIN claim_stays AS f
  ON f.claim_key = c.claim_key
INNER JOIN contract_transfers AS t
  ON t.term_key = c.term_key AND t.status = TRIM(f.discharge_status)
INNER JOIN contract_drgs AS d
  ON d.rate_key = r.rate_key
  AND NOT d.gmlos IS NULL
  AND d.transfer <> 'none'
  AND (
    NOT t.post_acute OR d.transfer IN ('post-acute', 'special')
  )
LEFT JOIN contract_transfer_shares AS s
  ON s.gmlos = d.gmlos
  AND s.nights = f.length_of_stay
  AND s.special = (
    t.post_acute AND d.transfer = 'special'
  );

-- The parts of each claim's price together.
create or replace view part_sums as
SELECT
  claim_key,
  CAST(SUM(amount) AS DECIMAL(38, 2)) AS amount,
  CAST(CASE WHEN SUM(units) > 999999999999999 THEN 999999999999999 ELSE SUM(units) END AS DECIMAL(18, 3)) AS units
FROM claim_parts
GROUP BY
  claim_key;

-- What each claim that is paid as a whole is paid by: its rate, its days, its charges, how many lines lack one.
create or replace view claim_rates as
WITH totals AS (
  SELECT
    claim_key,
    term_key,
    CAST(SUM(charge_amount) AS DECIMAL(18, 2)) AS charge_amount,
    COUNT(*) - COUNT(charge_amount) AS uncharged
  FROM included_lines
  GROUP BY
    claim_key,
    term_key
), rated AS (
  SELECT
    s.claim_key,
    s.term_key,
    v.lesser_of,
    t.method,
    s.uncharged,
    x.factor AS transfer_factor,
    CASE WHEN s.uncharged = 0 THEN s.charge_amount END AS charge_amount,
    CASE
      WHEN t.method = 'drg_weights'
      THEN CAST(g.amount AS DECIMAL(12, 6))
      ELSE COALESCE(e.share, t.percent)
    END AS percent,
    CASE WHEN t.method = 'fee_schedule' THEN g.amount ELSE t.amount END AS amount,
    CASE
      WHEN t.method IN ('amount', 'fee_schedule', 'drg_weights', 'levels')
      OR NOT e.share IS NULL
      THEN e.factor
    END AS escalation,
    p.amount AS parts_amount,
    CASE
      WHEN x.undated OR (
        NOT w.term_key IS NULL AND f.length_of_stay IS NULL
      )
      THEN NULL
      WHEN t.method = 'levels' AND n.term_key IS NULL
      THEN COALESCE(p.units, CASE WHEN d.days <= 0 THEN 0 END)
      WHEN t.method = 'levels'
      THEN COALESCE(p.units, 0)
      WHEN t.per = 'day' AND t.method = 'amount'
      THEN d.days
      ELSE CAST(1 AS DECIMAL(18, 3))
    END AS units
  FROM totals AS s
  INNER JOIN contract_terms AS t
    ON t.term_key = s.term_key
  INNER JOIN contract_versions AS v
    ON v.version_key = t.version_key
  INNER JOIN claim_stays AS f
    ON f.claim_key = s.claim_key
  INNER JOIN contract_escalations AS e
    ON e.version_key = t.version_key
    AND e.escalates = t.escalates
    AND f.contract_day >= e.from_day
    AND f.contract_day < e.to_day
  LEFT JOIN counted_days AS d
    ON d.claim_key = s.claim_key
  LEFT JOIN drg_rates AS g
    ON g.claim_key = s.claim_key AND g.term_key = s.term_key
  LEFT JOIN transfers AS x
    ON x.claim_key = s.claim_key
  LEFT JOIN contract_windows AS w
    ON w.term_key = s.term_key
  LEFT JOIN (
    SELECT DISTINCT
      term_key
    FROM contract_level_codes
  ) AS n
    ON n.term_key = s.term_key
  LEFT JOIN part_sums AS p
    ON p.claim_key = s.claim_key
)
SELECT
  *,
  CAST(ROUND(CAST(ROUND(amount, 2) AS DECIMAL(19, 2)) * escalation, 2) AS DECIMAL(19, 2)) AS stepped_rate
FROM rated;

-- The price of each claim that is paid as a whole; no price where a charge or the days it needs are missing.
create or replace table claim_prices as
WITH weighted AS (
  SELECT
    *,
    CASE
      WHEN method = 'drg_weights'
      THEN CAST(ROUND(stepped_rate * percent, 2) AS DECIMAL(19, 2))
      ELSE stepped_rate
    END AS unit_rate
  FROM claim_rates
), summed AS (
  SELECT
    *,
    CASE
      WHEN unit_rate IS NULL
      THEN parts_amount
      ELSE CAST(ROUND(unit_rate * units, 2) AS DECIMAL(38, 2)) + COALESCE(parts_amount, 0)
    END AS whole
  FROM weighted
), judged AS (
  SELECT
    *,
    CASE
      WHEN method = 'excluded'
      THEN 'excluded'
      WHEN units IS NULL
      THEN 'no date'
      WHEN ABS(whole) >= 1000000000000 OR ABS(units) >= 999999999999999
      THEN 'out of range'
      WHEN method <> 'percent_of_charges' AND escalation IS NULL
      THEN 'no index'
      WHEN uncharged > 0 AND (
        method = 'percent_of_charges' OR NOT lesser_of IS NULL
      )
      THEN 'no charge'
      ELSE 'priced'
    END AS outcome
  FROM summed
)
SELECT
  claim_key,
  term_key,
  lesser_of,
  charge_amount,
  amount,
  escalation,
  percent,
  transfer_factor,
  outcome,
  CASE WHEN outcome <> 'out of range' THEN units END AS units,
  CAST(unit_rate AS DECIMAL(18, 2)) AS unit_rate,
  CASE
    WHEN outcome = 'excluded'
    THEN CAST(0 AS DECIMAL(18, 2))
    WHEN outcome <> 'priced'
    THEN NULL
    WHEN method = 'percent_of_charges'
    THEN CAST(ROUND(CAST(charge_amount AS DECIMAL(19, 2)) * percent, 2) AS DECIMAL(18, 2))
    WHEN NOT transfer_factor IS NULL
    THEN CAST(ROUND(unit_rate * transfer_factor, 2) AS DECIMAL(18, 2))
    ELSE CAST(COALESCE(whole, 0) AS DECIMAL(18, 2))
  END AS fee_amount
FROM judged;
