-- Each line's fee after ranking, or its part in the claim-level price, and the charge that may limit it.
create or replace temporary view line_amounts as
WITH lines AS (
  SELECT
    f.line_key,
    f.claim_key,
    f.line_no,
    CASE WHEN i.line_key IS NULL THEN COALESCE(v.units, f.units) ELSE f.units END AS units,
    f.charge_amount,
    f.answer_key,
    CASE
      WHEN b.line_key IS NULL
      THEN COALESCE(v.fee_amount, f.fee_amount)
      ELSE CAST(0 AS DECIMAL(18, 2))
    END AS fee_amount,
    v.basis_amount,
    v.all_units,
    v.unit_rate,
    NULL AS procedure_rank,
    NULL AS procedure_factor,
    NULL AS reduction_amount,
    b.reason AS reduction,
    NOT b.line_key IS NULL AS bundled,
    i.term_key AS claim_term_key,
    i.place
  FROM line_fees AS f
  LEFT JOIN included_lines AS i
    ON i.line_key = f.line_key
  LEFT JOIN fees_apart AS v
    ON v.line_key = f.line_key
  LEFT JOIN unpaid_beside AS b
    ON b.line_key = f.line_key
  WHERE
    NOT i.line_key IS NULL
    OR NOT b.line_key IS NULL
    OR NOT (
      COALESCE(f.ranks, FALSE) AND COALESCE(f.fee_amount, 0) > 0
    )
  UNION ALL
  SELECT
    line_key,
    claim_key,
    line_no,
    units,
    charge_amount,
    answer_key,
    fee_amount,
    NULL,
    NULL,
    NULL,
    procedure_rank,
    procedure_factor,
    reduction_amount,
    reduction,
    FALSE,
    NULL,
    NULL
  FROM ranked_lines
)
SELECT
  l.line_key,
  l.claim_key,
  a.version_key,
  a.service_key,
  l.line_no,
  l.charge_amount,
  l.claim_term_key,
  l.place,
  CASE
    WHEN l.place IS NULL AND l.units > a.most_units
    THEN a.most_units
    ELSE l.units
  END AS units,
  l.procedure_rank,
  l.procedure_factor,
  l.reduction_amount,
  CASE
    WHEN NOT d.line_key IS NULL
    AND l.place IS NULL
    AND a.method IN ('fee_schedule', 'percent_of', 'amount')
    THEN COALESCE(l.reduction, 'second side')
    WHEN a.both_sides AND l.place IS NULL
    THEN COALESCE(l.reduction, 'both sides')
    ELSE l.reduction
  END AS reduction,
  a.term_key,
  a.method,
  COALESCE(l.all_units, a.percent) AS percent,
  COALESCE(l.basis_amount, a.basis_amount) AS basis_amount,
  a.escalation,
  COALESCE(l.unit_rate, a.unit_rate) AS unit_rate,
  a.modifier_factor,
  a.tier,
  CASE WHEN l.place IS NULL THEN a.lesser_of ELSE p.lesser_of END AS lesser_of,
  CASE
    WHEN l.place IS NULL
    THEN l.fee_amount
    WHEN l.place = 1
    THEN p.fee_amount
    WHEN p.outcome IN ('priced', 'excluded')
    THEN CAST(0 AS DECIMAL(18, 2))
  END AS fee_amount,
  CASE
    WHEN l.place = 1
    THEN p.charge_amount
    WHEN l.place IS NULL
    THEN l.charge_amount
  END AS limit_charge,
  CASE
    WHEN l.place = 1
    THEN p.outcome
    WHEN l.place > 1
    THEN CASE WHEN p.outcome = 'priced' THEN 'included' ELSE p.outcome END
    WHEN a.term_key IS NULL
    THEN 'no term'
    WHEN a.method = 'excluded'
    THEN 'excluded'
    WHEN a.method = 'packaged' OR l.bundled
    THEN 'included'
    WHEN a.method = 'capitation'
    THEN 'capitated'
    WHEN l.fee_amount IS NULL AND a.method = 'percent_of_invoice'
    THEN 'no invoice'
    WHEN l.fee_amount IS NULL AND a.method <> 'percent_of_charges'
    THEN CASE
      WHEN a.escalation IS NULL
      THEN 'no index'
      WHEN a.method = 'anesthesia'
      THEN 'no time'
      ELSE 'out of range'
    END
    WHEN l.fee_amount IS NULL OR (
      NOT a.lesser_of IS NULL AND l.charge_amount IS NULL
    )
    THEN 'no charge'
    ELSE 'priced'
  END AS outcome
FROM lines AS l
LEFT JOIN answers AS a
  ON a.answer_key = l.answer_key
LEFT JOIN second_sides AS d
  ON d.line_key = l.line_key
LEFT JOIN claim_prices AS p
  ON p.claim_key = l.claim_key AND NOT l.place IS NULL;

-- Lesser-of by claim: fees count in line order until the claim's charges are used up, so the sum is exactly the lesser.
-- What is packaged is paid nothing of its own, and its charges are the claim's all the same (a negative one takes none away).
create or replace temporary view claim_limits as
WITH running AS (
  SELECT
    line_key,
    claim_key,
    line_no,
    fee_amount,
    CAST(SUM(CASE WHEN outcome = 'priced' OR limit_charge > 0 THEN limit_charge ELSE 0 END) OVER (PARTITION BY claim_key) AS DECIMAL(18, 2)) AS cap,
    CAST(SUM(fee_amount) OVER (
      PARTITION BY claim_key
      ORDER BY line_no NULLS LAST, line_key NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS DECIMAL(18, 2)) AS so_far,
    ROW_NUMBER() OVER (PARTITION BY claim_key ORDER BY line_no NULLS LAST, line_key NULLS LAST) AS nth
  FROM line_amounts
  WHERE
    lesser_of = 'claim'
    AND (
      outcome = 'priced' OR outcome = 'included' AND place IS NULL
    )
), capped AS (
  SELECT
    line_key,
    fee_amount,
    cap,
    CASE WHEN so_far < cap THEN so_far ELSE cap END AS given,
    CASE
      WHEN nth = 1
      THEN CAST(0 AS DECIMAL(18, 2))
      WHEN so_far - fee_amount < cap
      THEN CAST(so_far - fee_amount AS DECIMAL(18, 2))
      ELSE cap
    END AS given_before
  FROM running
)
SELECT
  line_key,
  cap,
  CAST(given - given_before AS DECIMAL(18, 2)) AS expected_amount
FROM capped;

-- What each line should be allowed: its fee, or the charge where the contract holds it to the lesser.
create or replace temporary view line_prices as
WITH limited AS (
  SELECT
    a.*,
    c.cap,
    CASE
      WHEN a.outcome IN ('included', 'excluded', 'capitated')
      THEN CAST(0 AS DECIMAL(18, 2))
      WHEN a.outcome <> 'priced'
      THEN NULL
      WHEN a.lesser_of = 'claim'
      THEN c.expected_amount
      WHEN a.lesser_of = 'line' AND a.limit_charge < a.fee_amount
      THEN a.limit_charge
      ELSE a.fee_amount
    END AS expected_amount
  FROM line_amounts AS a
  LEFT JOIN claim_limits AS c
    ON c.line_key = a.line_key
)
SELECT
  *,
  CASE WHEN outcome = 'priced' AND expected_amount <> fee_amount THEN lesser_of END AS held_by,
  CASE
    WHEN outcome = 'priced' AND expected_amount <> fee_amount
    THEN CASE WHEN lesser_of = 'line' THEN limit_charge ELSE cap END
  END AS limit_amount
FROM limited;
