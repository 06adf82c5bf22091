-- What one unit of a service weighs where procedures are ranked by relative value: that of its setting.
create or replace temporary view answer_weights as
SELECT
  a.answer_key,
  COALESCE(
    CASE
      WHEN UPPER(TRIM(s.setting)) = 'FACILITY'
      THEN i.rvu_facility
      ELSE i.rvu_office
    END,
    0
  ) AS weight
FROM answers AS a
INNER JOIN contract_rankings AS r
  ON r.ranking_key = a.ranking_key AND r.by_rvu
INNER JOIN services AS s
  ON s.service_key = a.service_key
INNER JOIN contract_indicators AS i
  ON i.indicator_no = a.indicator_no AND i.indicator_no <> 0;

-- Each line that is ranked, and how many ranks it takes: one, or one for each unit where the contract ranks units.
create or replace temporary view ranking_entries as
WITH ranked AS (
  SELECT
    f.line_key,
    f.claim_key,
    f.line_no,
    f.units,
    f.charge_amount,
    f.answer_key,
    f.fee_amount,
    a.ranking_key,
    a.apart,
    COALESCE(a.unit_fee, a.held_fee) AS unit_fee,
    COALESCE(w.weight, 0) AS weight,
    CASE WHEN r.by_claim THEN NULL ELSE f.service_day END AS ranked_day,
    CASE
      WHEN r.each_unit
      THEN CASE WHEN f.units > a.most_units THEN a.most_units ELSE f.units END
    END AS paid_units
  FROM line_fees AS f
  INNER JOIN answers AS a
    ON a.answer_key = f.answer_key
  INNER JOIN contract_rankings AS r
    ON r.ranking_key = a.ranking_key
  LEFT JOIN answer_weights AS w
    ON w.answer_key = f.answer_key
  LEFT JOIN included_lines AS i
    ON i.line_key = f.line_key
  WHERE
    f.ranks AND f.fee_amount > 0 AND i.line_key IS NULL
), counted AS (
  SELECT
    *,
    CASE
      WHEN NOT unit_fee IS NULL
      AND paid_units >= 1
      AND paid_units < 10000
      AND ROUND(paid_units, 0) = paid_units
      THEN paid_units
      ELSE CAST(1 AS DECIMAL(18, 3))
    END AS entries
  FROM ranked
)
SELECT
  *,
  CASE WHEN entries > 1 THEN unit_fee ELSE fee_amount END AS entry_fee
FROM counted;

-- The highest relative value or fee first: each line's place among those it is ranked with.
create or replace temporary view ranked_entries as
SELECT
  line_key,
  claim_key,
  line_no,
  units,
  charge_amount,
  answer_key,
  fee_amount,
  ranking_key,
  ROW_NUMBER() OVER (
    PARTITION BY claim_key, ranking_key, apart, ranked_day
    ORDER BY weight DESC, entry_fee DESC, line_no NULLS LAST, line_key NULLS LAST
  ) AS procedure_rank
FROM ranking_entries;

-- Where units are ranked: the first and the last rank each line takes.
create or replace temporary view unit_ranks as
WITH counted AS (
  SELECT
    e.line_key,
    e.ranking_key,
    e.entries,
    e.entry_fee,
    CAST(SUM(e.entries) OVER (
      PARTITION BY e.claim_key, e.ranking_key, e.apart, e.ranked_day
      ORDER BY p.procedure_rank NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS DECIMAL(18, 3)) AS last_rank
  FROM ranking_entries AS e
  INNER JOIN contract_unit_rankings AS r
    ON r.ranking_key = e.ranking_key
  INNER JOIN ranked_entries AS p
    ON p.line_key = e.line_key
)
SELECT
  *,
  CAST(last_rank - entries + 1 AS DECIMAL(18, 3)) AS first_rank
FROM counted;

-- Lines that take several ranks: the sum over their units, each cut by the factor of its own rank.
create or replace temporary view unit_cuts as
WITH pieces AS (
  SELECT
    e.line_key,
    e.entry_fee,
    p.factor,
    CASE WHEN p.last_rank < e.last_rank THEN p.last_rank ELSE e.last_rank END - CASE WHEN p.first_rank > e.first_rank THEN p.first_rank ELSE e.first_rank END + 1 AS counted
  FROM unit_ranks AS e
  INNER JOIN contract_procedures AS p
    ON p.ranking_key = e.ranking_key
    AND p.first_rank <= e.last_rank
    AND p.last_rank >= e.first_rank
  WHERE
    e.entries > 1
)
SELECT
  line_key,
  CAST(SUM(
    CAST(ROUND(CAST(entry_fee AS DECIMAL(19, 2)) * factor, 2) AS DECIMAL(18, 2)) * CAST(counted AS DECIMAL(10, 0))
  ) AS DECIMAL(18, 2)) AS fee_amount
FROM pieces
GROUP BY
  line_key;

-- Several ranked procedures: each cut by the factor of its rank, or unit by unit where it takes several ranks.
create or replace temporary view ranked_lines as
WITH placed AS (
  SELECT
    r.*,
    COALESCE(u.last_rank, r.procedure_rank) AS counted_rank
  FROM ranked_entries AS r
  LEFT JOIN unit_ranks AS u
    ON u.line_key = r.line_key
  WHERE
    u.line_key IS NULL OR u.entries = 1
)
SELECT
  r.line_key,
  r.claim_key,
  r.line_no,
  r.units,
  r.charge_amount,
  r.answer_key,
  CASE
    WHEN r.fee_amount < 1000000
    THEN CAST(ROUND(r.fee_amount * p.factor, 2) AS DECIMAL(18, 2))
    ELSE CAST(ROUND(CAST(r.fee_amount AS DECIMAL(19, 2)) * p.factor, 2) AS DECIMAL(18, 2))
  END AS fee_amount,
  r.procedure_rank,
  p.factor AS procedure_factor,
  CAST(NULL AS DECIMAL(18, 2)) AS reduction_amount
FROM placed AS r
INNER JOIN contract_procedures AS p
  ON p.ranking_key = r.ranking_key
  AND r.counted_rank >= p.first_rank
  AND r.counted_rank <= p.last_rank
UNION ALL
SELECT
  r.line_key,
  r.claim_key,
  r.line_no,
  r.units,
  r.charge_amount,
  r.answer_key,
  u.fee_amount,
  r.procedure_rank,
  NULL,
  CAST(u.fee_amount - r.fee_amount AS DECIMAL(18, 2))
FROM ranked_entries AS r
INNER JOIN unit_cuts AS u
  ON u.line_key = r.line_key;
