-- Each line that is ranked, and how many ranks it takes: one, or one for each unit where the contract ranks units.
create or replace temporary view ranking_entries as
WITH ranked AS (
  SELECT
    f.*,
    a.ranking_key,
    COALESCE(s.apart, FALSE) AS apart,
    a.unit_fee,
    r.by_claim,
    r.each_unit,
    r.by_rvu,
    CASE
      WHEN UPPER(TRIM(v.setting)) = 'FACILITY'
      THEN i.rvu_facility
      ELSE i.rvu_office
    END AS rvu
  FROM line_fees AS f
  INNER JOIN answers AS a
    ON a.answer_key = f.answer_key
  INNER JOIN services AS v
    ON v.service_key = a.service_key
  LEFT JOIN contract_indicators AS i
    ON i.indicator_no = a.indicator_no AND i.indicator_no <> 0
  INNER JOIN contract_rankings AS r
    ON r.ranking_key = a.ranking_key
  LEFT JOIN service_rankings AS s
    ON s.service_key = a.service_key
    AND s.profile_no = a.profile_no
    AND s.ranking_key = a.ranking_key
  WHERE
    f.ranks
    AND f.fee_amount > 0
    AND NOT EXISTS(
      SELECT
        1
      FROM included_lines AS i
      WHERE
        i.line_key = f.line_key
    )
), counted AS (
  SELECT
    *,
    CASE
      WHEN each_unit
      AND NOT unit_fee IS NULL
      AND units >= 1
      AND units < 10000
      AND ROUND(units, 0) = units
      THEN units
      ELSE CAST(1 AS DECIMAL(18, 3))
    END AS entries
  FROM ranked
)
SELECT
  line_key,
  claim_key,
  version_key,
  line_no,
  units,
  charge_amount,
  answer_key,
  fee_amount,
  ranking_key,
  apart,
  CASE WHEN by_claim THEN NULL ELSE service_day END AS ranked_day,
  CASE WHEN by_rvu THEN COALESCE(rvu, 0) ELSE 0 END AS weight,
  entries,
  CASE WHEN entries > 1 THEN unit_fee ELSE fee_amount END AS entry_fee
FROM counted;

-- The highest relative value or fee first: each line's place among those it is ranked with, and the first and last rank it takes.
create or replace temporary view ranked_entries as
WITH placed AS (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY claim_key, ranking_key, apart, ranked_day
      ORDER BY weight DESC, entry_fee DESC, line_no NULLS LAST, line_key NULLS LAST
    ) AS procedure_rank,
    CAST(SUM(entries) OVER (
      PARTITION BY claim_key, ranking_key, apart, ranked_day
      ORDER BY weight DESC, entry_fee DESC, line_no NULLS LAST, line_key NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS DECIMAL(18, 3)) AS last_rank
  FROM ranking_entries
)
SELECT
  *,
  CAST(last_rank - entries + 1 AS DECIMAL(18, 3)) AS first_rank
FROM placed;

-- Lines that take several ranks: the sum over their units, each cut by the factor of its own rank.
create or replace temporary view unit_cuts as
WITH pieces AS (
  SELECT
    e.line_key,
    e.entry_fee,
    p.factor,
    CASE WHEN p.last_rank < e.last_rank THEN p.last_rank ELSE e.last_rank END - CASE WHEN p.first_rank > e.first_rank THEN p.first_rank ELSE e.first_rank END + 1 AS counted
  FROM ranked_entries AS e
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
SELECT
  r.line_key,
  r.claim_key,
  r.version_key,
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
FROM ranked_entries AS r
INNER JOIN contract_procedures AS p
  ON p.ranking_key = r.ranking_key
  AND r.last_rank >= p.first_rank
  AND r.last_rank <= p.last_rank
WHERE
  r.entries = 1
UNION ALL
SELECT
  r.line_key,
  r.claim_key,
  r.version_key,
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
