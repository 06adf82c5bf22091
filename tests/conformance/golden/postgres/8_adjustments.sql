-- The priced lines of claims whose contract adjusts claims as a whole; of no other claim. `carved` lines are paid in
-- addition to the rate of the claim, `protected` ones take part in a stop-loss.
create temporary table adjustable_lines as
SELECT
  p.line_key,
  p.claim_key,
  p.version_key,
  p.line_no,
  p.service_key,
  p.place,
  p.claim_term_key,
  COALESCE(p.claim_term_key, p.term_key) AS term_key,
  p.charge_amount,
  p.expected_amount,
  p.place IS NULL AND p.outcome = 'included' AS packaged,
  p.place IS NULL AND (
    COALESCE(o.carve_out, FALSE) OR NOT x.claim_key IS NULL
  ) AS carved,
  COALESCE(t.counts_to_stop_loss, TRUE) AS protected
FROM line_prices AS p
INNER JOIN (
  SELECT DISTINCT
    version_key
  FROM contract_adjusters
) AS r
  ON r.version_key = p.version_key
LEFT JOIN claim_prices AS x
  ON x.claim_key = p.claim_key AND x.outcome = 'priced'
LEFT JOIN contract_terms AS o
  ON o.term_key = p.term_key
LEFT JOIN contract_terms AS t
  ON t.term_key = COALESCE(p.claim_term_key, p.term_key)
WHERE
  p.outcome IN ('priced', 'included');

-- Stays whose cost, charges times the contract's ratio, exceeds what they are paid and the fixed loss: a share of the
-- excess is paid on top. It stands on the first line of the stay's price; without an amount where a charge is missing.
create temporary table outliers as
WITH counted AS (
  SELECT
    a.claim_key,
    o.term_key,
    MAX(CASE WHEN a.place = 1 THEN a.line_key END) AS line_key,
    CAST(SUM(a.expected_amount) AS DECIMAL(18, 2)) AS payment,
    CAST(SUM(a.charge_amount) AS DECIMAL(18, 2)) AS charge_amount,
    COUNT(*) - COUNT(a.charge_amount) AS uncharged
  FROM (
    SELECT
      claim_key,
      claim_term_key
    FROM adjustable_lines
    WHERE
      place = 1
  ) AS p
  INNER JOIN contract_outliers AS o
    ON o.term_key = p.claim_term_key
  INNER JOIN adjustable_lines AS a
    ON a.claim_key = p.claim_key
    AND (
      NOT a.place IS NULL OR (
        o.counts_carve_outs AND a.protected
      )
    )
  GROUP BY
    a.claim_key,
    o.term_key
), judged AS (
  SELECT
    c.claim_key,
    c.line_key,
    o.name,
    o.cite,
    COALESCE(b.percent, o.percent) AS percent,
    CASE
      WHEN c.uncharged = 0
      THEN CAST(ROUND(CAST(c.charge_amount AS DECIMAL(19, 2)) * o.cost_to_charge, 2) AS DECIMAL(18, 2))
    END AS cost,
    CAST(c.payment + CAST(ROUND(CAST(o.fixed_loss AS DECIMAL(19, 2)) * e.factor, 2) AS DECIMAL(18, 2)) AS DECIMAL(18, 2)) AS threshold_amount
  FROM counted AS c
  INNER JOIN contract_outliers AS o
    ON o.term_key = c.term_key
  INNER JOIN classed_claims AS k
    ON k.claim_key = c.claim_key
  INNER JOIN claim_classes AS d
    ON d.class_key = k.class_key
  INNER JOIN contract_escalations AS e
    ON e.version_key = o.version_key
    AND e.escalates = o.escalates
    AND k.contract_day >= e.from_day
    AND k.contract_day < e.to_day
  LEFT JOIN contract_outlier_drgs AS b
    ON b.term_key = o.term_key
    AND b.size = LENGTH(TRIM(d.drg))
    AND UPPER(TRIM(d.drg)) >= b.low
    AND UPPER(TRIM(d.drg)) <= b.high
)
SELECT
  claim_key,
  line_key,
  name,
  cite,
  CASE WHEN NOT cost IS NULL THEN threshold_amount END AS threshold_amount,
  CASE WHEN NOT cost - threshold_amount IS NULL THEN percent END AS percent,
  CAST(cost - threshold_amount AS DECIMAL(18, 2)) AS basis_amount,
  CAST(ROUND(CAST(cost - threshold_amount AS DECIMAL(19, 2)) * percent, 2) AS DECIMAL(18, 2)) AS amount
FROM judged
WHERE
  COALESCE(cost > threshold_amount, TRUE);

-- Lines held by a limit by line, group or day: the first that covers them. What a claim-level price takes in is held
-- together, by the first limit that covers any of it.
create temporary table limited_lines as
WITH covered AS (
  SELECT
    a.line_key,
    MIN(l.limit_key) AS limit_key
  FROM adjustable_lines AS a
  INNER JOIN contract_limits AS l
    ON l.version_key = a.version_key AND l.level <> 'claim'
  LEFT JOIN contract_limit_terms AS t
    ON t.limit_key = l.limit_key AND t.term_key = a.term_key
  LEFT JOIN matches AS m
    ON m.service_key = a.service_key AND m.selector_key = l.selector_key
  WHERE
    (
      NOT t.term_key IS NULL OR NOT l.has_terms
    )
    AND (
      NOT m.selector_key IS NULL OR l.selector_key IS NULL
    )
    AND NOT (
      l.level = 'line' AND a.packaged
    )
    AND NOT (
      l.level = 'day' AND (
        a.packaged OR NOT a.place IS NULL
      )
    )
  GROUP BY
    a.line_key
), found AS (
  SELECT
    a.*,
    CASE
      WHEN a.place IS NULL
      THEN c.limit_key
      ELSE MIN(c.limit_key) OVER (PARTITION BY a.claim_key, a.claim_term_key)
    END AS limit_key
  FROM adjustable_lines AS a
  INNER JOIN (
    SELECT DISTINCT
      version_key
    FROM contract_limits
  ) AS v
    ON v.version_key = a.version_key
  LEFT JOIN covered AS c
    ON c.line_key = a.line_key
)
SELECT
  f.line_key,
  f.claim_key,
  f.line_no,
  f.limit_key,
  f.charge_amount,
  CAST(f.expected_amount + COALESCE(o.amount, 0) AS DECIMAL(18, 2)) AS amount,
  CASE WHEN l.level = 'line' AND f.place IS NULL THEN f.line_key END AS part_line_key,
  CASE WHEN l.level = 'line' THEN f.claim_term_key END AS part_term_key,
  d.service_day AS part_day
FROM found AS f
INNER JOIN contract_limits AS l
  ON l.limit_key = f.limit_key
LEFT JOIN line_fees AS d
  ON d.line_key = f.line_key AND l.level = 'day'
LEFT JOIN outliers AS o
  ON o.line_key = f.line_key;

-- What is held together, summed; it stands on its first line.
create temporary view limited_parts as
WITH numbered AS (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY claim_key, limit_key, part_line_key, part_term_key, part_day
      ORDER BY line_no, line_key
    ) AS nth
  FROM limited_lines
)
SELECT
  claim_key,
  limit_key,
  MAX(CASE WHEN nth = 1 THEN line_key END) AS line_key,
  CAST(SUM(amount) AS DECIMAL(18, 2)) AS amount,
  CAST(SUM(charge_amount) AS DECIMAL(18, 2)) AS charge_amount,
  COUNT(*) - COUNT(charge_amount) AS uncharged
FROM numbered
GROUP BY
  claim_key,
  limit_key,
  part_line_key,
  part_term_key,
  part_day;

-- What limits by line, group and day make of it: one row for each part they change, or cannot judge.
create temporary table line_limits as
WITH shares AS (
  SELECT
    p.claim_key,
    p.line_key,
    p.amount,
    l.position,
    l.name,
    l.cite,
    l.floor_kind,
    l.cap_kind,
    l.cap_share,
    l.floor_amount,
    l.cap_amount,
    p.uncharged > 0 AND (
      NOT l.floor_share IS NULL OR NOT l.cap_share IS NULL
    ) AS unknown,
    CAST(ROUND(CAST(p.charge_amount AS DECIMAL(19, 2)) * l.floor_share, 2) AS DECIMAL(18, 2)) AS floor_by_charge,
    CAST(ROUND(CAST(p.charge_amount AS DECIMAL(19, 2)) * l.cap_share, 2) AS DECIMAL(18, 2)) AS cap_by_charge
  FROM limited_parts AS p
  INNER JOIN contract_limits AS l
    ON l.limit_key = p.limit_key
), raised AS (
  SELECT
    *,
    CASE
      WHEN floor_by_charge > COALESCE(floor_amount, amount) AND floor_by_charge > amount
      THEN floor_by_charge
      WHEN floor_amount > amount
      THEN floor_amount
      ELSE amount
    END AS lifted
  FROM shares
), held AS (
  SELECT
    *,
    CASE
      WHEN cap_by_charge < COALESCE(cap_amount, lifted) AND cap_by_charge < lifted
      THEN cap_by_charge
      WHEN cap_amount < lifted
      THEN cap_amount
      ELSE lifted
    END AS target
  FROM raised
)
SELECT
  claim_key,
  line_key,
  position,
  name,
  cite,
  CASE
    WHEN NOT unknown
    THEN CASE WHEN target > amount THEN floor_kind ELSE cap_kind END
    WHEN cap_share IS NULL
    THEN floor_kind
    ELSE cap_kind
  END AS kind,
  CASE WHEN NOT unknown THEN target END AS basis_amount,
  CASE WHEN NOT unknown THEN amount END AS replaced_amount,
  CASE WHEN NOT unknown THEN CAST(target - amount AS DECIMAL(18, 2)) END AS amount
FROM held
WHERE
  unknown OR target <> amount;

-- Adjustable lines with what outliers, and limits by line, group and day, have made of them.
create temporary table amounts_so_far as
SELECT
  a.*,
  CAST(a.expected_amount + COALESCE(s.amount, 0) AS DECIMAL(18, 2)) AS amount_so_far
FROM adjustable_lines AS a
LEFT JOIN (
  SELECT
    line_key,
    CAST(SUM(amount) AS DECIMAL(18, 2)) AS amount
  FROM (
    SELECT
      line_key,
      amount
    FROM outliers
    UNION ALL
    SELECT
      line_key,
      amount
    FROM line_limits
  ) AS adjusted
  GROUP BY
    line_key
) AS s
  ON s.line_key = a.line_key;

-- What stop-loss looks at in each claim: charges and prices, of carve-outs apart.
create temporary table stop_loss_sums as
SELECT
  a.claim_key,
  a.version_key,
  f.contract_day,
  f.length_of_stay,
  COUNT(CASE WHEN NOT a.carved THEN 1 END) AS own_lines,
  CAST(SUM(CASE WHEN a.carved THEN 0 ELSE COALESCE(a.charge_amount, 0) END) AS DECIMAL(18, 2)) AS own_charge,
  CAST(SUM(CASE WHEN a.carved THEN COALESCE(a.charge_amount, 0) ELSE 0 END) AS DECIMAL(18, 2)) AS carved_charge,
  COUNT(CASE WHEN a.charge_amount IS NULL AND NOT a.carved THEN 1 END) AS own_uncharged,
  COUNT(CASE WHEN a.charge_amount IS NULL AND a.carved THEN 1 END) AS carved_uncharged,
  CAST(SUM(CASE WHEN a.carved THEN 0 ELSE a.amount_so_far END) AS DECIMAL(18, 2)) AS own_amount,
  CAST(SUM(CASE WHEN a.carved THEN a.amount_so_far ELSE 0 END) AS DECIMAL(18, 2)) AS carved_amount
FROM amounts_so_far AS a
INNER JOIN (
  SELECT DISTINCT
    version_key
  FROM contract_stop_losses
) AS s
  ON s.version_key = a.version_key
INNER JOIN claim_stays AS f
  ON f.claim_key = a.claim_key
WHERE
  a.protected
GROUP BY
  a.claim_key,
  a.version_key,
  f.contract_day,
  f.length_of_stay;

-- Which claims each selector of a stop-loss rule reaches: those with a line it covers.
create temporary view stop_loss_scopes as
SELECT DISTINCT
  a.claim_key,
  m.selector_key
FROM adjustable_lines AS a
INNER JOIN contract_selectors AS k
  ON k.version_key = a.version_key AND k.kind = 'stop-loss'
INNER JOIN matches AS m
  ON m.service_key = a.service_key AND m.selector_key = k.selector_key
WHERE
  a.protected;

-- Thresholds by service: the first entry that covers a line of the claim, else the one for all others.
create temporary view stop_loss_services as
WITH found AS (
  SELECT
    c.claim_key,
    t.alternative_key,
    t.charges_over,
    ROW_NUMBER() OVER (PARTITION BY c.claim_key, t.alternative_key ORDER BY t.place, t.threshold_key) AS nth
  FROM stop_loss_sums AS c
  INNER JOIN contract_stop_loss_services AS t
    ON t.version_key = c.version_key
  LEFT JOIN stop_loss_scopes AS s
    ON s.claim_key = c.claim_key AND s.selector_key = t.selector_key
  WHERE
    t.selector_key IS NULL OR NOT s.claim_key IS NULL
)
SELECT
  claim_key,
  alternative_key,
  charges_over
FROM found
WHERE
  nth = 1;

-- Days a stay must exceed: so many times the mean stay of its DRG, as the table says that pays the claim.
create temporary view average_stays as
WITH long AS (
  SELECT
    c.claim_key,
    a.alternative_key,
    CAST(a.times * CASE WHEN a.mean = 'gmlos' THEN d.gmlos ELSE d.amlos END AS DECIMAL(18, 8)) AS stay_over
  FROM contract_average_stays AS a
  INNER JOIN stop_loss_sums AS c
    ON c.version_key = a.version_key
  INNER JOIN claim_prices AS p
    ON p.claim_key = c.claim_key AND p.outcome = 'priced'
  INNER JOIN drg_rates AS r
    ON r.claim_key = p.claim_key AND r.term_key = p.term_key
  INNER JOIN contract_drgs AS d
    ON d.rate_key = r.rate_key
)
SELECT
  claim_key,
  alternative_key,
  stay_over,
  CAST(FLOOR(stay_over) AS DECIMAL(9, 0)) AS stay_floor
FROM long;

-- Each claim beside each trigger of its contract that may hold for it, with what the trigger compares.
create temporary view stop_loss_thresholds as
SELECT
  c.claim_key,
  c.length_of_stay,
  c.own_amount,
  c.carved_amount,
  s.*,
  e.factor AS growth,
  COALESCE(s.fixed_stay_over, y.stay_over) AS stay_over,
  COALESCE(CAST(s.fixed_stay_floor AS DECIMAL(9, 0)), y.stay_floor) AS stay_floor,
  CAST(c.own_charge + CASE WHEN s.counts_carve_outs THEN c.carved_charge ELSE 0 END AS DECIMAL(18, 2)) AS charge_amount,
  c.own_uncharged + CASE WHEN s.counts_carve_outs THEN c.carved_uncharged ELSE 0 END AS uncharged,
  CASE
    WHEN NOT s.charges_over IS NULL
    THEN CAST(ROUND(CAST(s.charges_over AS DECIMAL(19, 2)) * e.factor, 2) AS DECIMAL(18, 2))
    WHEN s.by_service
    THEN CAST(ROUND(CAST(v.charges_over AS DECIMAL(19, 2)) * e.factor, 2) AS DECIMAL(18, 2))
    WHEN NOT s.times_rate IS NULL
    THEN CAST(ROUND(CAST(c.own_amount AS DECIMAL(19, 2)) * s.times_rate, 2) AS DECIMAL(18, 2))
  END AS charge_threshold,
  CAST(ROUND(CAST(c.own_amount AS DECIMAL(19, 2)) * s.under_share, 2) AS DECIMAL(18, 2)) AS under_amount
FROM stop_loss_sums AS c
INNER JOIN contract_stop_losses AS s
  ON s.version_key = c.version_key
INNER JOIN contract_escalations AS e
  ON e.version_key = s.version_key
  AND e.escalates = s.escalates
  AND c.contract_day >= e.from_day
  AND c.contract_day < e.to_day
LEFT JOIN stop_loss_scopes AS k
  ON k.claim_key = c.claim_key AND k.selector_key = s.selector_key
LEFT JOIN average_stays AS y
  ON y.claim_key = c.claim_key AND y.alternative_key = s.alternative_key
LEFT JOIN stop_loss_services AS v
  ON v.claim_key = c.claim_key AND v.alternative_key = s.alternative_key
WHERE
  c.own_lines > 0 AND (
    s.selector_key IS NULL OR NOT k.claim_key IS NULL
  );

-- The first trigger a claim meets, or the first rule that cannot be judged because a charge is missing.
create temporary table stop_loss_met as
WITH judged AS (
  SELECT
    *,
    (
      needs_charges AND uncharged > 0
    ) OR growth IS NULL AS unknown,
    (
      NOT has_charge_threshold OR COALESCE(charge_amount > charge_threshold, FALSE)
    )
    AND (
      NOT needs_stay OR COALESCE(length_of_stay > stay_over, FALSE)
    )
    AND (
      under_share IS NULL OR charge_amount < under_amount
    ) AS met
  FROM stop_loss_thresholds
), ranked AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY claim_key ORDER BY rule_no, alternative_key) AS nth
  FROM judged
  WHERE
    met OR unknown
)
SELECT
  *,
  COALESCE(charge_threshold, under_amount) AS threshold_amount
FROM ranked
WHERE
  nth = 1;

-- What the rule pays by its share and by its days, each alone.
create temporary view stop_loss_payments as
WITH counted AS (
  SELECT
    *,
    CASE
      WHEN of_excess
      THEN CAST(charge_amount - charge_threshold AS DECIMAL(18, 2))
      ELSE charge_amount
    END AS basis,
    CASE WHEN excess_days THEN length_of_stay - stay_floor ELSE length_of_stay END AS days,
    CAST(ROUND(CAST(per_day AS DECIMAL(19, 2)) * growth, 2) AS DECIMAL(18, 2)) AS day_rate
  FROM stop_loss_met
  WHERE
    NOT unknown
), alone AS (
  SELECT
    *,
    CAST(ROUND(CAST(basis AS DECIMAL(19, 2)) * percent, 2) AS DECIMAL(18, 2)) AS by_share,
    CAST(day_rate * CAST(days AS DECIMAL(9, 0)) AS DECIMAL(18, 2)) AS by_day,
    CAST(ROUND(CAST(minimum AS DECIMAL(19, 2)) * growth, 2) AS DECIMAL(18, 2)) AS least,
    CAST(ROUND(CAST(maximum AS DECIMAL(19, 2)) * growth, 2) AS DECIMAL(18, 2)) AS most,
    CAST(ROUND(CAST(claim_maximum AS DECIMAL(19, 2)) * growth, 2) AS DECIMAL(18, 2)) AS most_for_claim,
    CAST(ROUND(CAST(charge_amount AS DECIMAL(19, 2)) * claim_share, 2) AS DECIMAL(18, 2)) AS most_by_charge
  FROM counted
)
SELECT
  *,
  per_day IS NULL OR COALESCE(by_share <= by_day, FALSE) AS shares,
  CASE
    WHEN per_day IS NULL OR (
      NOT percent IS NULL AND by_share <= by_day
    )
    THEN by_share
    ELSE by_day
  END AS payment
FROM alone;

-- One row for each claim a stop-loss rule pays, or cannot judge: what it comes to, and what it takes the place of. It
-- stands on the first line the rule protects.
create temporary table stop_losses as
WITH held AS (
  SELECT
    *,
    CASE
      WHEN payment > most
      THEN most
      WHEN payment < least
      THEN CASE WHEN least > most THEN most ELSE least END
      ELSE payment
    END AS paid
  FROM stop_loss_payments
  WHERE
    NOT payment IS NULL AND NOT (
      NOT per_day IS NULL AND by_day IS NULL
    )
), priced AS (
  SELECT
    *,
    CASE WHEN instead THEN paid ELSE CAST(own_amount + paid AS DECIMAL(18, 2)) END AS price
  FROM held
), capped AS (
  SELECT
    *,
    CASE WHEN price > most_for_claim THEN most_for_claim ELSE price END AS once_capped
  FROM priced
), prices AS (
  SELECT
    *,
    CASE WHEN replaces_carve_outs THEN carved_amount ELSE 0 END AS given_up,
    CASE WHEN once_capped > most_by_charge THEN most_by_charge ELSE once_capped END AS final_price
  FROM capped
), placed AS (
  SELECT
    m.*,
    a.line_key,
    ROW_NUMBER() OVER (PARTITION BY a.claim_key ORDER BY a.line_no, a.line_key) AS place
  FROM stop_loss_met AS m
  INNER JOIN adjustable_lines AS a
    ON a.claim_key = m.claim_key AND a.protected AND NOT a.carved
)
SELECT
  m.claim_key,
  m.line_key,
  m.rule_no AS position,
  m.name,
  m.cite,
  p.threshold_amount,
  CASE WHEN p.shares THEN p.basis ELSE p.day_rate END AS basis_amount,
  CASE WHEN p.shares THEN p.percent END AS percent,
  CASE WHEN NOT p.shares THEN CAST(p.days AS DECIMAL(18, 3)) END AS units,
  CAST(CASE WHEN p.instead THEN p.own_amount ELSE 0 END + p.given_up AS DECIMAL(18, 2)) AS replaced_amount,
  CAST(p.final_price - p.own_amount - p.given_up AS DECIMAL(18, 2)) AS amount
FROM placed AS m
LEFT JOIN prices AS p
  ON p.claim_key = m.claim_key
WHERE
  m.place = 1;

-- Claims with a limit for the whole claim: what they come to so far, and their charges. The first limit holds that
-- covers a line of the claim.
create temporary table held_claims as
WITH covered AS (
  SELECT
    a.claim_key,
    MIN(l.limit_key) AS limit_key
  FROM adjustable_lines AS a
  INNER JOIN contract_limits AS l
    ON l.version_key = a.version_key AND l.level = 'claim'
  LEFT JOIN contract_limit_terms AS t
    ON t.limit_key = l.limit_key AND t.term_key = a.term_key
  LEFT JOIN matches AS m
    ON m.service_key = a.service_key AND m.selector_key = l.selector_key
  WHERE
    (
      NOT t.term_key IS NULL OR NOT l.has_terms
    )
    AND (
      NOT m.selector_key IS NULL OR l.selector_key IS NULL
    )
  GROUP BY
    a.claim_key
), numbered AS (
  SELECT
    a.claim_key,
    a.line_key,
    a.charge_amount,
    a.amount_so_far,
    c.limit_key,
    ROW_NUMBER() OVER (PARTITION BY a.claim_key ORDER BY a.line_no, a.line_key) AS nth
  FROM amounts_so_far AS a
  INNER JOIN covered AS c
    ON c.claim_key = a.claim_key
)
SELECT
  n.claim_key,
  n.limit_key,
  MAX(CASE WHEN n.nth = 1 THEN n.line_key END) AS line_key,
  CAST(SUM(n.amount_so_far) + COALESCE(MAX(s.amount), 0) AS DECIMAL(18, 2)) AS amount,
  CAST(SUM(n.charge_amount) AS DECIMAL(18, 2)) AS charge_amount,
  COUNT(*) - COUNT(n.charge_amount) AS uncharged
FROM numbered AS n
LEFT JOIN stop_losses AS s
  ON s.claim_key = n.claim_key
GROUP BY
  n.claim_key,
  n.limit_key;

-- What limits of whole claims make of them: one row for each claim they change, or cannot judge.
create temporary table claim_holds as
WITH shares AS (
  SELECT
    p.claim_key,
    p.line_key,
    p.amount,
    l.position,
    l.name,
    l.cite,
    l.floor_kind,
    l.cap_kind,
    l.cap_share,
    l.floor_amount,
    l.cap_amount,
    p.uncharged > 0 AND (
      NOT l.floor_share IS NULL OR NOT l.cap_share IS NULL
    ) AS unknown,
    CAST(ROUND(CAST(p.charge_amount AS DECIMAL(19, 2)) * l.floor_share, 2) AS DECIMAL(18, 2)) AS floor_by_charge,
    CAST(ROUND(CAST(p.charge_amount AS DECIMAL(19, 2)) * l.cap_share, 2) AS DECIMAL(18, 2)) AS cap_by_charge
  FROM held_claims AS p
  INNER JOIN contract_limits AS l
    ON l.limit_key = p.limit_key
), raised AS (
  SELECT
    *,
    CASE
      WHEN floor_by_charge > COALESCE(floor_amount, amount) AND floor_by_charge > amount
      THEN floor_by_charge
      WHEN floor_amount > amount
      THEN floor_amount
      ELSE amount
    END AS lifted
  FROM shares
), held AS (
  SELECT
    *,
    CASE
      WHEN cap_by_charge < COALESCE(cap_amount, lifted) AND cap_by_charge < lifted
      THEN cap_by_charge
      WHEN cap_amount < lifted
      THEN cap_amount
      ELSE lifted
    END AS target
  FROM raised
)
SELECT
  claim_key,
  line_key,
  position,
  name,
  cite,
  CASE
    WHEN NOT unknown
    THEN CASE WHEN target > amount THEN floor_kind ELSE cap_kind END
    WHEN cap_share IS NULL
    THEN floor_kind
    ELSE cap_kind
  END AS kind,
  CASE WHEN NOT unknown THEN target END AS basis_amount,
  CASE WHEN NOT unknown THEN amount END AS replaced_amount,
  CASE WHEN NOT unknown THEN CAST(target - amount AS DECIMAL(18, 2)) END AS amount
FROM held
WHERE
  unknown OR target <> amount;

-- Adjusted claims of contracts that hold the claim to its charges: what they come to with all adjustments.
create temporary table claim_amounts as
WITH adjusted AS (
  SELECT
    claim_key,
    amount
  FROM outliers
  UNION ALL
  SELECT
    claim_key,
    amount
  FROM line_limits
  UNION ALL
  SELECT
    claim_key,
    amount
  FROM stop_losses
  UNION ALL
  SELECT
    claim_key,
    amount
  FROM claim_holds
), summed AS (
  SELECT
    claim_key,
    CAST(COALESCE(SUM(amount), 0) AS DECIMAL(18, 2)) AS amount
  FROM adjusted
  GROUP BY
    claim_key
), numbered AS (
  SELECT
    a.claim_key,
    a.line_key,
    a.expected_amount,
    s.amount,
    CASE WHEN a.packaged AND a.charge_amount < 0 THEN NULL ELSE a.charge_amount END AS charge_amount,
    ROW_NUMBER() OVER (PARTITION BY a.claim_key ORDER BY a.line_no, a.line_key) AS nth
  FROM adjustable_lines AS a
  INNER JOIN summed AS s
    ON s.claim_key = a.claim_key
  INNER JOIN contract_versions AS v
    ON v.version_key = a.version_key AND v.lesser_of = 'claim'
)
SELECT
  claim_key,
  MAX(CASE WHEN nth = 1 THEN line_key END) AS line_key,
  CAST(SUM(expected_amount) + MAX(amount) AS DECIMAL(18, 2)) AS amount,
  CAST(SUM(COALESCE(charge_amount, 0)) AS DECIMAL(18, 2)) AS charge_amount
FROM numbered
GROUP BY
  claim_key;

-- Every amount that is no line's own fee: one row for each, on the first line of what it concerns, in the order of
-- `position`. An amount that could not be worked out, because a charge is missing, is null.
create temporary table claim_adjustments as
SELECT
  claim_key,
  line_key,
  position,
  'stop-loss' AS kind,
  name,
  cite,
  basis_amount,
  percent,
  units,
  threshold_amount,
  replaced_amount,
  amount
FROM stop_losses
UNION ALL
SELECT
  claim_key,
  line_key,
  1,
  'outlier',
  name,
  cite,
  basis_amount,
  percent,
  NULL,
  threshold_amount,
  NULL,
  amount
FROM outliers
UNION ALL
SELECT
  claim_key,
  line_key,
  position,
  kind,
  name,
  cite,
  basis_amount,
  NULL,
  NULL,
  NULL,
  replaced_amount,
  amount
FROM line_limits
UNION ALL
SELECT
  claim_key,
  line_key,
  position,
  kind,
  name,
  cite,
  basis_amount,
  NULL,
  NULL,
  NULL,
  replaced_amount,
  amount
FROM claim_holds
UNION ALL
SELECT
  claim_key,
  line_key,
  901,
  'lesser of',
  'lesser of charges',
  NULL,
  charge_amount,
  NULL,
  NULL,
  NULL,
  amount,
  CAST(charge_amount - amount AS DECIMAL(18, 2))
FROM claim_amounts
WHERE
  amount > charge_amount;

-- What stands on each line besides its own fee.
create temporary table adjusted_lines as
SELECT
  line_key,
  claim_key,
  CAST(SUM(amount) AS DECIMAL(18, 2)) AS adjustment_amount
FROM claim_adjustments
WHERE
  NOT amount IS NULL
GROUP BY
  line_key,
  claim_key;
