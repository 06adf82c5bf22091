-- The claim-level term of a claim: the first that covers at least one of its lines.
create or replace table claim_terms as
SELECT
  f.claim_key,
  MIN(t.term_key) AS term_key
FROM line_fees AS f
INNER JOIN (
  SELECT
    m.service_key,
    c.term_key
  FROM matches AS m
  INNER JOIN contract_terms AS c
    ON c.term_key = m.selector_key AND c.claim_level
) AS t
  ON t.service_key = f.service_key
GROUP BY
  f.claim_key;

-- Lines whose own price gives way to the claim-level one: all but carve-outs, named exceptions and exclusions.
create or replace table included_lines as
SELECT
  f.line_key,
  f.claim_key,
  f.charge_amount,
  c.term_key,
  ROW_NUMBER() OVER (
    PARTITION BY f.claim_key
    ORDER BY f.line_no IS NULL ASC, f.line_no ASC, f.line_key IS NULL ASC, f.line_key ASC
  ) AS place
FROM line_fees AS f
INNER JOIN claim_terms AS c
  ON c.claim_key = f.claim_key
LEFT JOIN answers AS a
  ON a.answer_key = f.answer_key
LEFT JOIN contract_terms AS t
  ON t.term_key = a.term_key
LEFT JOIN contract_excepts AS e
  ON e.term_key = c.term_key AND e.line_term_key = a.term_key
WHERE
  t.term_key IS NULL
  OR NOT (
    t.carve_out OR t.method = 'excluded' OR NOT e.term_key IS NULL
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
  INNER JOIN claim_facts AS x
    ON x.claim_key = c.claim_key
  INNER JOIN line_fees AS f
    ON f.claim_key = c.claim_key
  LEFT JOIN matches AS m
    ON m.service_key = f.service_key AND m.selector_key = c.term_key
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
  END AS NUMERIC) AS days
FROM counted;

-- What each claim that is paid as a whole is paid by: its rate, its days, its charges, how many lines lack one.
create or replace view claim_rates as
WITH totals AS (
  SELECT
    claim_key,
    term_key,
    CAST(SUM(charge_amount) AS NUMERIC) AS charge_amount,
    COUNT(*) - COUNT(charge_amount) AS uncharged
  FROM included_lines
  GROUP BY
    claim_key,
    term_key
)
SELECT
  s.claim_key,
  s.term_key,
  v.lesser_of,
  t.method,
  t.percent,
  s.uncharged,
  CASE WHEN s.uncharged = 0 THEN s.charge_amount END AS charge_amount,
  CASE WHEN t.method = 'amount' THEN t.amount END AS amount,
  CASE WHEN t.method = 'amount' THEN e.factor END AS escalation,
  CAST(ROUND(CAST(ROUND(t.amount, 2) AS NUMERIC) * e.factor, 2) AS NUMERIC) AS unit_rate,
  CASE
    WHEN t.per = 'day' AND t.method = 'amount'
    THEN d.days
    ELSE CAST(1 AS NUMERIC)
  END AS units
FROM totals AS s
INNER JOIN contract_terms AS t
  ON t.term_key = s.term_key
INNER JOIN contract_versions AS v
  ON v.version_key = t.version_key
INNER JOIN claim_facts AS f
  ON f.claim_key = s.claim_key
INNER JOIN contract_escalations AS e
  ON e.version_key = t.version_key
  AND e.escalates = t.escalates
  AND f.contract_day >= e.from_day
  AND f.contract_day < e.to_day
LEFT JOIN counted_days AS d
  ON d.claim_key = s.claim_key;

-- The price of each claim that is paid as a whole; no price where a charge or the days it needs are missing.
create or replace table claim_prices as
WITH judged AS (
  SELECT
    *,
    CASE
      WHEN units IS NULL
      THEN 'no date'
      WHEN ABS(unit_rate * units) >= 1000000000000 OR ABS(units) >= 999999999999999
      THEN 'out of range'
      WHEN method = 'amount' AND escalation IS NULL
      THEN 'no index'
      WHEN uncharged > 0 AND (
        method = 'percent_of_charges' OR NOT lesser_of IS NULL
      )
      THEN 'no charge'
      ELSE 'priced'
    END AS outcome
  FROM claim_rates
)
SELECT
  claim_key,
  term_key,
  lesser_of,
  charge_amount,
  amount,
  escalation,
  percent,
  outcome,
  CASE WHEN outcome <> 'out of range' THEN units END AS units,
  CASE WHEN method = 'amount' THEN CAST(unit_rate AS NUMERIC) END AS unit_rate,
  CASE
    WHEN outcome <> 'priced'
    THEN NULL
    WHEN method = 'percent_of_charges'
    THEN CAST(ROUND(CAST(charge_amount AS NUMERIC) * percent, 2) AS NUMERIC)
    ELSE CAST(ROUND(unit_rate * units, 2) AS NUMERIC)
  END AS fee_amount
FROM judged;
