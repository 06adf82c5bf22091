-- Which conditions each distinct value meets: single codes by equality, ranges by comparison within one length.
create or replace temporary view condition_hits as
WITH seen AS (
  SELECT DISTINCT
    version_key,
    attribute,
    value,
    LENGTH(value) AS size
  FROM service_values
)
SELECT
  v.version_key,
  v.attribute,
  v.value,
  r.test_key
FROM seen AS v
INNER JOIN contract_ranges AS r
  ON r.version_key = v.version_key
  AND r.attribute = v.attribute
  AND r.low = v.value
  AND r.single
UNION
SELECT
  v.version_key,
  v.attribute,
  v.value,
  r.test_key
FROM seen AS v
INNER JOIN contract_ranges AS r
  ON r.version_key = v.version_key
  AND r.attribute = v.attribute
  AND r.size = v.size
  AND v.value >= r.low
  AND v.value <= r.high
  AND NOT r.single;

-- Selectors whose leading (narrowest) condition a service meets, and those of its version that have none.
create or replace temporary view leading_matches as
SELECT
  v.service_key,
  t.selector_key
FROM service_values AS v
INNER JOIN condition_hits AS h
  ON h.version_key = v.version_key AND h.attribute = v.attribute AND h.value = v.value
INNER JOIN contract_tests AS t
  ON t.test_key = h.test_key AND t.leading
UNION
SELECT
  s.service_key,
  k.selector_key
FROM services AS s
INNER JOIN contract_selectors AS k
  ON k.version_key = s.version_key AND NOT k.has_leading;

-- What the other conditions of those selectors will be compared with: only theirs, never every service's.
create or replace temporary view values_to_check as
SELECT
  m.service_key,
  m.selector_key,
  t.test_key,
  t.negated,
  v.value
FROM leading_matches AS m
INNER JOIN contract_tests AS t
  ON t.selector_key = m.selector_key AND NOT t.leading
INNER JOIN service_values AS v
  ON v.service_key = m.service_key AND v.attribute = t.attribute;

-- Selectors that cover a service: every other condition met too, and no negated one.
create or replace temporary view matches as
WITH checked AS (
  SELECT
    c.service_key,
    c.selector_key,
    COUNT(DISTINCT CASE WHEN NOT c.negated THEN c.test_key END) AS met,
    COUNT(CASE WHEN c.negated THEN 1 END) AS barred
  FROM values_to_check AS c
  INNER JOIN condition_hits AS h
    ON h.test_key = c.test_key AND h.value = c.value
  GROUP BY
    c.service_key,
    c.selector_key
)
SELECT
  m.service_key,
  m.selector_key
FROM leading_matches AS m
INNER JOIN contract_selectors AS k
  ON k.selector_key = m.selector_key
LEFT JOIN checked AS c
  ON c.service_key = m.service_key AND c.selector_key = m.selector_key
WHERE
  COALESCE(c.met, 0) = k.others AND COALESCE(c.barred, 0) = 0;

-- Line-level terms that could pay a service, each with its rate and the days it holds; lower preference wins.
-- A rate for a modifier of the line (in billed order) goes before one for none, one for its setting before one for all.
create or replace temporary view applicable_terms as
WITH terms AS (
  SELECT
    m.service_key,
    t.*
  FROM matches AS m
  INNER JOIN contract_terms AS t
    ON t.term_key = m.selector_key AND NOT t.claim_level
), rated AS (
  SELECT
    t.service_key,
    t.term_key,
    r.rate_key,
    r.amount AS basis_amount,
    r.modifier AS rate_modifier,
    COALESCE(f.place, 6) * 2 + CASE WHEN r.setting = '' THEN 1 ELSE 0 END AS preference,
    CASE WHEN t.pinned IS NULL THEN r.from_day ELSE d.first_day END AS from_day,
    CASE WHEN t.pinned IS NULL THEN r.to_day ELSE d.after_day END AS to_day
  FROM terms AS t
  INNER JOIN services AS s
    ON s.service_key = t.service_key
  INNER JOIN contract_rates AS r
    ON r.schedule_key = t.schedule_key AND r.code = UPPER(TRIM(s.code))
  LEFT JOIN service_modifiers AS f
    ON f.service_key = t.service_key AND f.modifier = r.modifier
  CROSS JOIN days_to_price AS d
  WHERE
    (
      r.modifier = '' OR NOT f.modifier IS NULL
    )
    AND (
      r.setting = '' OR r.setting = UPPER(TRIM(COALESCE(s.setting, '')))
    )
    AND (
      t.pinned IS NULL OR (
        r.from_day <= t.pinned AND t.pinned < r.to_day
      )
    )
)
SELECT
  r.service_key,
  r.term_key,
  r.rate_key,
  r.basis_amount,
  r.rate_modifier,
  r.preference,
  CASE WHEN r.from_day < d.first_day THEN d.first_day ELSE r.from_day END AS from_day,
  CASE WHEN r.to_day > d.after_day THEN d.after_day ELSE r.to_day END AS to_day
FROM rated AS r
CROSS JOIN days_to_price AS d
WHERE
  r.from_day < d.after_day AND r.to_day > d.first_day
UNION ALL
SELECT
  t.service_key,
  t.term_key,
  0,
  CAST(t.amount AS DECIMAL(18, 6)),
  '',
  0,
  d.first_day,
  d.after_day
FROM terms AS t
CROSS JOIN days_to_price AS d
WHERE
  t.schedule_key IS NULL;

-- The timeline of each service over all days to price, cut wherever a term's rate begins or ends: on each piece the
-- first term wins, or there is none.
create or replace temporary view winning_terms as
WITH cuts AS (
  SELECT
    service_key,
    from_day AS cut_day
  FROM applicable_terms
  UNION
  SELECT
    service_key,
    to_day
  FROM applicable_terms
  UNION
  SELECT
    s.service_key,
    d.first_day
  FROM services AS s
  CROSS JOIN days_to_price AS d
  UNION
  SELECT
    s.service_key,
    d.after_day
  FROM services AS s
  CROSS JOIN days_to_price AS d
), pieces AS (
  SELECT
    service_key,
    cut_day AS from_day,
    LEAD(cut_day) OVER (PARTITION BY service_key ORDER BY cut_day NULLS LAST) AS to_day
  FROM cuts
), ranked AS (
  SELECT
    p.service_key,
    p.from_day,
    p.to_day,
    a.term_key,
    a.basis_amount,
    a.rate_modifier,
    ROW_NUMBER() OVER (
      PARTITION BY p.service_key, p.from_day
      ORDER BY a.term_key NULLS LAST, a.preference NULLS LAST, a.rate_key NULLS LAST
    ) AS place
  FROM pieces AS p
  LEFT JOIN applicable_terms AS a
    ON a.service_key = p.service_key
    AND a.from_day <= p.from_day
    AND a.to_day >= p.to_day
  WHERE
    NOT p.to_day IS NULL
)
SELECT
  service_key,
  from_day,
  to_day,
  term_key,
  basis_amount,
  rate_modifier
FROM ranked
WHERE
  place = 1;

-- The winning terms with what their table of indicators says of the code, cut again where that changes.
create or replace temporary view coded_terms as
SELECT
  w.service_key,
  w.term_key,
  w.basis_amount,
  w.rate_modifier,
  COALESCE(i.indicator_no, 0) AS indicator_no,
  COALESCE(i.profile_no, 0) AS profile_no,
  CASE
    WHEN t.indicator_day IS NULL AND i.from_day > w.from_day
    THEN i.from_day
    ELSE w.from_day
  END AS from_day,
  CASE
    WHEN t.indicator_day IS NULL AND i.to_day < w.to_day
    THEN i.to_day
    ELSE w.to_day
  END AS to_day
FROM winning_terms AS w
LEFT JOIN contract_terms AS t
  ON t.term_key = w.term_key
INNER JOIN services AS s
  ON s.service_key = w.service_key
LEFT JOIN contract_indicators AS i
  ON i.schedule_key = t.indicator_key
  AND i.code = UPPER(TRIM(s.code))
  AND i.to_day > COALESCE(t.indicator_day, w.from_day)
  AND (
    i.from_day < w.to_day AND t.indicator_day IS NULL OR i.from_day <= t.indicator_day
  );

-- The product of a service's modifiers that the contract's rule names, without the one that chose its rate: each at
-- the share for the code's indicators where the rule goes by them.
create or replace temporary view modifier_products as
WITH counted AS (
  SELECT
    w.service_key,
    w.rate_modifier,
    w.profile_no,
    COALESCE(p.factor, f.factor) AS factor,
    ROW_NUMBER() OVER (
      PARTITION BY w.service_key, w.rate_modifier, w.profile_no
      ORDER BY m.place NULLS LAST, m.service_key NULLS LAST
    ) AS nth
  FROM (
    SELECT DISTINCT
      service_key,
      rate_modifier,
      profile_no
    FROM coded_terms
  ) AS w
  INNER JOIN service_modifiers AS m
    ON m.service_key = w.service_key AND m.modifier <> w.rate_modifier
  INNER JOIN contract_modifiers AS f
    ON f.version_key = m.version_key AND f.modifier = m.modifier
  LEFT JOIN contract_modifiers_by_profile AS p
    ON p.version_key = m.version_key
    AND p.modifier = m.modifier
    AND p.profile_no = w.profile_no
)
SELECT
  service_key,
  rate_modifier,
  profile_no,
  CAST(ROUND(
    COALESCE(MAX(CASE WHEN nth = 1 THEN factor END), CAST(1 AS DECIMAL(8, 6))) * COALESCE(MAX(CASE WHEN nth = 2 THEN factor END), CAST(1 AS DECIMAL(8, 6))) * COALESCE(MAX(CASE WHEN nth = 3 THEN factor END), CAST(1 AS DECIMAL(8, 6))) * COALESCE(MAX(CASE WHEN nth = 4 THEN factor END), CAST(1 AS DECIMAL(8, 6))),
    6
  ) AS DECIMAL(12, 6)) AS modifier_factor
FROM counted
GROUP BY
  service_key,
  rate_modifier,
  profile_no;

-- The tier each service falls under: the first of its version that covers it.
create or replace temporary view service_tiers as
SELECT
  c.service_key,
  t.tier,
  t.factor
FROM (
  SELECT
    m.service_key,
    MIN(t.tier_key) AS tier_key
  FROM contract_tiers AS t
  INNER JOIN matches AS m
    ON m.selector_key = -t.tier_key
  GROUP BY
    m.service_key
) AS c
INNER JOIN contract_tiers AS t
  ON t.tier_key = c.tier_key;

-- The ranking each service falls under: the first of its version that covers it, and its code's indicators where it
-- asks for them; and whether the service is ranked apart there.
create or replace temporary view service_rankings as
WITH covering AS (
  SELECT
    c.service_key,
    c.profile_no,
    MIN(r.ranking_key) AS ranking_key
  FROM contract_rankings AS r
  INNER JOIN matches AS m
    ON m.selector_key = -r.ranking_key
  INNER JOIN (
    SELECT DISTINCT
      service_key,
      profile_no
    FROM coded_terms
  ) AS c
    ON c.service_key = m.service_key
  LEFT JOIN contract_ranked_profiles AS p
    ON p.ranking_key = r.ranking_key AND p.profile_no = c.profile_no
  WHERE
    NOT p.ranking_key IS NULL OR NOT r.by_profile
  GROUP BY
    c.service_key,
    c.profile_no
)
SELECT
  c.service_key,
  c.profile_no,
  c.ranking_key,
  EXISTS(
    SELECT
      1
    FROM contract_apart AS a
    INNER JOIN service_modifiers AS m
      ON m.modifier = a.modifier
    WHERE
      a.ranking_key = c.ranking_key AND m.service_key = c.service_key
  ) AS apart
FROM covering AS c;

-- Services of two units whose code can be done on both sides: what modifier 50 is paid for it.
create or replace temporary view two_units as
SELECT DISTINCT
  w.service_key,
  w.profile_no,
  b.factor
FROM service_modifiers AS m
INNER JOIN contract_bilateral_units AS b
  ON b.version_key = m.version_key
INNER JOIN coded_terms AS w
  ON w.service_key = m.service_key AND w.profile_no = b.profile_no
WHERE
  m.modifier = 'BOTH SIDES';

-- The price of one unit of each service on each piece of its timeline, cut again where the escalator steps; where no
-- term pays it, a row that says so.
-- multiplied only where the factor does something: most do not
create or replace temporary view answers as
WITH dated AS (
  SELECT
    w.service_key,
    w.term_key,
    w.basis_amount,
    w.rate_modifier,
    w.indicator_no,
    w.profile_no,
    t.method,
    t.per,
    COALESCE(e.share, t.percent) AS percent,
    t.once_key,
    CASE
      WHEN NOT b.service_key IS NULL AND COALESCE(t.most_units, 2) > 1
      THEN CAST(1 AS DECIMAL(18, 3))
      ELSE t.most_units
    END AS most_units,
    CASE WHEN t.method IN ('fee_schedule', 'percent_of', 'amount') THEN b.factor END AS sides_factor,
    t.method IN ('fee_schedule', 'percent_of', 'amount') AS by_rate,
    t.method IN ('fee_schedule', 'percent_of', 'amount', 'anesthesia') AS by_factor,
    e.factor AS escalation,
    e.share,
    CASE
      WHEN t.percent IS NULL
      THEN CAST(ROUND(w.basis_amount, 2) AS DECIMAL(19, 2))
      ELSE CAST(ROUND(CAST(w.basis_amount AS DECIMAL(19, 6)) * t.percent, 2) AS DECIMAL(19, 2))
    END AS plain_rate,
    CASE
      WHEN t.per = 'unit' AND w.basis_amount <> ROUND(w.basis_amount, 2)
      THEN CAST(ROUND(
        CAST(w.basis_amount AS DECIMAL(19, 6)) * COALESCE(t.percent, CAST(1 AS DECIMAL(12, 6))),
        6
      ) AS DECIMAL(19, 6))
    END AS fine_rate,
    CASE WHEN e.from_day > w.from_day THEN e.from_day ELSE w.from_day END AS from_day,
    CASE WHEN e.to_day < w.to_day THEN e.to_day ELSE w.to_day END AS to_day
  FROM coded_terms AS w
  LEFT JOIN contract_terms AS t
    ON t.term_key = w.term_key
  LEFT JOIN two_units AS b
    ON b.service_key = w.service_key AND b.profile_no = w.profile_no
  LEFT JOIN contract_escalations AS e
    ON e.version_key = t.version_key
    AND e.escalates = t.escalates
    AND e.from_day < w.to_day
    AND e.to_day > w.from_day
), numbered AS (
  SELECT
    *,
    ROW_NUMBER() OVER (ORDER BY from_day NULLS LAST, service_key NULLS LAST) AS answer_key
  FROM dated
), sided AS (
  SELECT
    w.*,
    CASE
      WHEN w.sides_factor IS NULL
      THEN COALESCE(m.modifier_factor, CAST(1 AS DECIMAL(12, 6)))
      ELSE CAST(ROUND(COALESCE(m.modifier_factor, CAST(1 AS DECIMAL(12, 6))) * w.sides_factor, 6) AS DECIMAL(12, 6))
    END AS own_factor
  FROM numbered AS w
  LEFT JOIN modifier_products AS m
    ON m.service_key = w.service_key
    AND m.rate_modifier = w.rate_modifier
    AND m.profile_no = w.profile_no
), escalated AS (
  SELECT
    w.*,
    s.tier,
    CASE
      WHEN s.tier IS NULL
      THEN w.own_factor
      ELSE CAST(ROUND(w.own_factor * s.factor, 6) AS DECIMAL(12, 6))
    END AS modifier_factor
  FROM sided AS w
  LEFT JOIN service_tiers AS s
    ON s.service_key = w.service_key
), stepped AS (
  SELECT
    *,
    CASE
      WHEN escalation = 1
      THEN CAST(plain_rate AS DECIMAL(18, 2))
      ELSE CAST(ROUND(plain_rate * escalation, 2) AS DECIMAL(18, 2))
    END AS unit_rate
  FROM escalated
), modified AS (
  SELECT
    *,
    CAST(ROUND(CAST(ROUND(fine_rate * escalation, 6) AS DECIMAL(19, 6)) * modifier_factor, 6) AS DECIMAL(19, 6)) AS fine_fee,
    CASE
      WHEN modifier_factor = 1
      THEN unit_rate
      ELSE CAST(ROUND(CAST(unit_rate AS DECIMAL(19, 2)) * modifier_factor, 2) AS DECIMAL(18, 2))
    END AS modified_rate
  FROM stepped
)
SELECT
  r.answer_key,
  s.version_key,
  r.service_key,
  r.from_day,
  r.to_day,
  r.term_key,
  r.method,
  r.per,
  r.percent,
  v.lesser_of,
  CASE WHEN r.by_factor THEN r.basis_amount END AS basis_amount,
  CASE WHEN r.by_factor OR NOT r.share IS NULL THEN r.escalation END AS escalation,
  CASE WHEN r.by_rate AND r.fine_rate IS NULL THEN r.unit_rate END AS unit_rate,
  CASE WHEN r.by_factor THEN r.modifier_factor END AS modifier_factor,
  CASE
    WHEN r.by_rate AND r.per <> 'line' AND r.most_units IS NULL AND r.fine_rate IS NULL
    THEN r.modified_rate
  END AS unit_fee,
  CASE
    WHEN r.by_rate AND NOT r.fine_rate IS NULL
    THEN r.fine_fee
    WHEN r.by_rate AND r.per <> 'line' AND NOT r.most_units IS NULL
    THEN CAST(r.modified_rate AS DECIMAL(19, 6))
  END AS held_fee,
  CASE WHEN r.by_rate AND r.per <> 'line' THEN r.most_units END AS most_units,
  CASE
    WHEN r.method IN ('excluded', 'packaged', 'capitation')
    THEN CAST(0 AS DECIMAL(18, 2))
    WHEN r.by_rate AND r.per = 'line'
    THEN r.modified_rate
  END AS fixed_fee,
  CASE WHEN r.method = 'percent_of_charges' THEN r.percent END AS charge_share,
  CASE WHEN r.by_rate THEN COALESCE(r.once_key, k.ranking_key) END AS ranking_key,
  r.once_key IS NULL AND COALESCE(k.apart, FALSE) AS apart,
  CASE WHEN r.by_factor THEN r.tier END AS tier,
  r.indicator_no,
  r.profile_no,
  r.rate_modifier,
  NOT r.sides_factor IS NULL AS both_sides
FROM modified AS r
INNER JOIN services AS s
  ON s.service_key = r.service_key
INNER JOIN contract_versions AS v
  ON v.version_key = s.version_key
LEFT JOIN service_rankings AS k
  ON k.service_key = r.service_key AND k.profile_no = r.profile_no;
