-- Every line with its price and how it came about: the columns are the explanation.
create or replace view priced_lines as
SELECT
  p.line_key,
  p.claim_key,
  v.contract_id,
  v.version_no,
  p.outcome,
  t.term_no,
  t.term,
  t.cite,
  t.method,
  t.per,
  CASE WHEN p.place = 1 OR p.place IS NULL THEN t.schedule END AS schedule,
  CASE
    WHEN p.place = 1
    THEN COALESCE(x.amount, CASE WHEN t.method = 'percent_of_charges' THEN x.charge_amount END)
    WHEN p.place > 1
    THEN NULL
    WHEN p.method = 'percent_of_charges'
    THEN p.charge_amount
    ELSE p.basis_amount
  END AS basis_amount,
  CASE WHEN p.place = 1 THEN x.percent WHEN p.place IS NULL THEN p.percent END AS percent,
  CASE WHEN p.place = 1 THEN x.escalation WHEN p.place IS NULL THEN p.escalation END AS escalation,
  CASE WHEN p.place = 1 THEN x.unit_rate WHEN p.place IS NULL THEN p.unit_rate END AS unit_rate,
  CASE WHEN p.place = 1 THEN x.units ELSE p.units END AS units,
  CASE WHEN p.place IS NULL THEN p.modifier_factor END AS modifier_factor,
  p.procedure_rank,
  p.procedure_factor,
  p.reduction_amount,
  p.reduction,
  p.fee_amount,
  p.held_by AS lesser_of,
  p.limit_amount,
  CASE
    WHEN j.line_key IS NULL
    THEN p.expected_amount
    ELSE CAST(p.expected_amount + j.adjustment_amount AS DECIMAL(18, 2))
  END AS expected_amount,
  j.adjustment_amount,
  x.transfer_factor,
  CASE WHEN p.place IS NULL THEN p.tier END AS tier
FROM line_prices AS p
LEFT JOIN contract_versions AS v
  ON v.version_key = p.version_key
LEFT JOIN claim_prices AS x
  ON x.claim_key = p.claim_key AND p.place = 1
LEFT JOIN contract_terms AS t
  ON t.term_key = COALESCE(p.claim_term_key, p.term_key)
LEFT JOIN adjusted_lines AS j
  ON j.line_key = p.line_key
UNION ALL
SELECT
  l.line_key,
  l.claim_key,
  NULL,
  NULL,
  c.outcome,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  COALESCE(l.units, 1),
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL,
  NULL
FROM service_lines AS l
INNER JOIN claim_facts AS f
  ON f.claim_key = l.claim_key AND f.version_key IS NULL
INNER JOIN contract_choices AS c
  ON c.party_key = f.party_key;

-- Every claim with its contract, the sum of its lines, and what was considered and why it lost.
create or replace view priced_claims as
WITH lines AS (
  SELECT
    claim_key,
    expected_amount,
    1 AS is_line
  FROM line_prices
  UNION ALL
  SELECT
    claim_key,
    adjustment_amount,
    0
  FROM adjusted_lines
  UNION ALL
  SELECT
    l.claim_key,
    CAST(NULL AS DECIMAL(18, 2)),
    1
  FROM service_lines AS l
  INNER JOIN claim_facts AS f
    ON f.claim_key = l.claim_key AND f.version_key IS NULL
), summed AS (
  SELECT
    claim_key,
    CAST(SUM(expected_amount) AS DECIMAL(18, 2)) AS expected_amount,
    SUM(is_line) AS line_count,
    COUNT(CASE WHEN is_line = 1 THEN expected_amount END) AS priced_count
  FROM lines
  GROUP BY
    claim_key
)
SELECT
  f.claim_key,
  v.contract_id,
  v.version_no,
  CASE
    WHEN f.version_key IS NULL
    THEN c.outcome
    WHEN COALESCE(s.priced_count, 0) = 0
    THEN 'no term'
    WHEN s.priced_count = s.line_count
    THEN 'priced'
    ELSE 'partly priced'
  END AS outcome,
  t.term AS claim_term,
  c.runners_up,
  a.charge_amount,
  s.expected_amount,
  COALESCE(s.line_count - s.priced_count, 0) AS unpriced_lines
FROM claim_facts AS f
INNER JOIN contract_choices AS c
  ON c.party_key = f.party_key
INNER JOIN claim_charges AS a
  ON a.claim_key = f.claim_key
LEFT JOIN contract_versions AS v
  ON v.version_key = f.version_key
LEFT JOIN summed AS s
  ON s.claim_key = f.claim_key
LEFT JOIN claim_prices AS x
  ON x.claim_key = f.claim_key
LEFT JOIN contract_terms AS t
  ON t.term_key = x.term_key;

-- The adjustments of each claim, for all to read: the sum of line prices and these is the price of the claim.
create or replace view priced_adjustments as
SELECT
  claim_key,
  line_key,
  position,
  kind,
  name,
  cite,
  basis_amount,
  percent,
  units,
  threshold_amount,
  replaced_amount,
  amount
FROM claim_adjustments;

-- The parts a claim's price is made of, for all to read: days of levels of care, days beyond a case window.
create or replace view priced_parts as
SELECT
  p.claim_key,
  i.line_key,
  p.position,
  p.part,
  p.units,
  CAST(p.unit_rate AS DECIMAL(18, 2)) AS unit_rate,
  CAST(p.amount AS DECIMAL(18, 2)) AS amount
FROM claim_parts AS p
INNER JOIN included_lines AS i
  ON i.claim_key = p.claim_key AND i.place = 1
INNER JOIN claim_prices AS x
  ON x.claim_key = p.claim_key AND x.outcome = 'priced';
