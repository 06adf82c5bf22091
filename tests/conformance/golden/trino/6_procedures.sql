-- Lines that are paid with another, and why. Those paid only by themselves, beside another of their claim and day that the
-- same table pays: two such lines alone do not take each other's payment away. And the lesser codes of a session of
-- anaesthesia.
-- what the same claims have besides
create or replace table unpaid_beside as
WITH asked AS (
  SELECT DISTINCT
    a.answer_key,
    t.schedule
  FROM contract_paid_alone AS r
  INNER JOIN matches AS m
    ON m.selector_key = -r.alone_key
  INNER JOIN answers AS a
    ON a.service_key = m.service_key AND a.method IN ('fee_schedule', 'percent_of')
  INNER JOIN contract_terms AS t
    ON t.term_key = a.term_key
  LEFT JOIN contract_alone_profiles AS p
    ON p.alone_key = r.alone_key AND p.profile_no = a.profile_no
  WHERE
    NOT p.alone_key IS NULL OR NOT r.by_profile
), alone AS (
  SELECT
    f.line_key,
    f.claim_key,
    f.service_day,
    q.schedule
  FROM asked AS q
  INNER JOIN line_fees AS f
    ON f.answer_key = q.answer_key AND f.fee_amount > 0
  LEFT JOIN included_lines AS n
    ON n.line_key = f.line_key
  WHERE
    n.line_key IS NULL
), others AS (
  SELECT DISTINCT
    f.claim_key,
    f.service_day,
    t.schedule
  FROM (
    SELECT DISTINCT
      claim_key
    FROM alone
  ) AS c
  INNER JOIN line_fees AS f
    ON f.claim_key = c.claim_key AND f.fee_amount > 0
  INNER JOIN answers AS a
    ON a.answer_key = f.answer_key AND a.method IN ('fee_schedule', 'percent_of')
  INNER JOIN contract_terms AS t
    ON t.term_key = a.term_key
  INNER JOIN (
    SELECT DISTINCT
      version_key
    FROM contract_paid_alone
  ) AS v
    ON v.version_key = a.version_key
  LEFT JOIN asked AS q
    ON q.answer_key = f.answer_key
  LEFT JOIN included_lines AS n
    ON n.line_key = f.line_key
  WHERE
    q.answer_key IS NULL AND n.line_key IS NULL
)
SELECT
  p.line_key,
  'paid alone' AS reason
FROM alone AS p
INNER JOIN others AS o
  ON o.claim_key = p.claim_key
  AND o.service_day = p.service_day
  AND o.schedule = p.schedule
UNION ALL
SELECT
  s.line_key,
  'session'
FROM anesthesia_sessions AS s
LEFT JOIN included_lines AS n
  ON n.line_key = s.line_key
WHERE
  s.line_key <> s.head_key AND n.line_key IS NULL;

-- Second sides that are ranked together with the first: one term pays both, and both fall under one ranking of lines.
create or replace table ranked_sides as
SELECT
  s.line_key,
  s.first_key
FROM second_sides AS s
INNER JOIN line_fees AS f
  ON f.line_key = s.line_key AND f.ranks AND f.fee_amount > 0
INNER JOIN line_fees AS g
  ON g.line_key = s.first_key AND g.ranks AND g.fee_amount > 0
INNER JOIN answers AS a
  ON a.answer_key = f.answer_key
INNER JOIN answers AS b
  ON b.answer_key = g.answer_key
  AND b.term_key = a.term_key
  AND b.ranking_key = a.ranking_key
  AND b.apart = a.apart
INNER JOIN contract_rankings AS r
  ON r.ranking_key = a.ranking_key AND NOT r.by_part
INNER JOIN contract_terms AS t
  ON t.term_key = a.term_key AND t.once_key IS NULL
LEFT JOIN included_lines AS i
  ON i.line_key = s.line_key
LEFT JOIN included_lines AS j
  ON j.line_key = s.first_key
LEFT JOIN unpaid_beside AS m
  ON m.line_key = s.line_key
LEFT JOIN unpaid_beside AS n
  ON n.line_key = s.first_key
WHERE
  i.line_key IS NULL
  AND j.line_key IS NULL
  AND m.line_key IS NULL
  AND n.line_key IS NULL;

-- What one unit of a service weighs where procedures are ranked by relative value: that of its setting.
create or replace table answer_weights as
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

-- The answers that can be of an endoscopy family, and of which: by the contract's own list of codes, or by the table, which
-- names the base of each code. A code that goes beyond none, and that none goes beyond, has no family.
create or replace table family_answers as
WITH stated AS (
  SELECT
    s.service_key,
    k.ranking_key,
    MIN(k.base) AS base
  FROM services AS s
  INNER JOIN contract_family_codes AS k
    ON k.size = LENGTH(TRIM(s.code))
    AND k.low <= UPPER(TRIM(s.code))
    AND k.high >= UPPER(TRIM(s.code))
  GROUP BY
    s.service_key,
    k.ranking_key
), coded AS (
  SELECT
    a.answer_key,
    a.ranking_key,
    a.apart,
    r.by_claim,
    m.by_table,
    UPPER(TRIM(s.code)) AS code,
    CASE WHEN m.by_table THEN i.endo_base ELSE c.base END AS base
  FROM contract_families AS m
  INNER JOIN contract_rankings AS r
    ON r.ranking_key = m.ranking_key
  INNER JOIN answers AS a
    ON a.ranking_key = m.ranking_key
  INNER JOIN services AS s
    ON s.service_key = a.service_key
  LEFT JOIN contract_indicators AS i
    ON i.indicator_no = a.indicator_no AND i.indicator_no <> 0
  LEFT JOIN stated AS c
    ON c.service_key = a.service_key AND c.ranking_key = m.ranking_key
), bases AS (
  SELECT DISTINCT
    ranking_key,
    base
  FROM coded
  WHERE
    NOT base IS NULL
)
SELECT
  c.answer_key,
  c.ranking_key,
  c.apart,
  c.by_claim,
  c.code,
  COALESCE(c.base, b.base) AS base,
  COALESCE(w.weight, 0) AS weight
FROM coded AS c
LEFT JOIN bases AS b
  ON c.by_table AND b.ranking_key = c.ranking_key AND b.base = c.code
LEFT JOIN answer_weights AS w
  ON w.answer_key = c.answer_key
WHERE
  NOT COALESCE(c.base, b.base) IS NULL;

-- The answers of rankings of parts, and what each is: the professional or the technical part of a service, or the whole;
-- with the amount its code is reduced to, and what one unit is paid where units may be ranked one by one.
create or replace table part_answers as
SELECT
  a.answer_key,
  a.ranking_key,
  CASE WHEN a.apart THEN 1 ELSE 0 END AS apart,
  r.by_claim,
  UPPER(TRIM(s.code)) AS code,
  CASE
    WHEN m.professional = 1 OR i.pctc = '2'
    THEN 'professional'
    WHEN m.technical = 1 OR i.pctc = '3'
    THEN 'technical'
    ELSE 'whole'
  END AS kind,
  CASE
    WHEN UPPER(TRIM(s.setting)) = 'FACILITY'
    THEN i.reduced_facility
    ELSE i.reduced_office
  END AS reduced_amount,
  a.most_units,
  CASE
    WHEN r.each_unit AND a.per = 'unit'
    THEN COALESCE(
      a.unit_fee,
      CASE WHEN NOT a.unit_rate IS NULL THEN CAST(a.held_fee AS DECIMAL(18, 2)) END
    )
  END AS unit_fee
FROM contract_rankings AS r
INNER JOIN answers AS a
  ON a.ranking_key = r.ranking_key
INNER JOIN services AS s
  ON s.service_key = a.service_key
LEFT JOIN contract_indicators AS i
  ON i.indicator_no = a.indicator_no AND i.indicator_no <> 0
LEFT JOIN (
  SELECT
    service_key,
    MAX(CASE WHEN modifier = '26' THEN 1 END) AS professional,
    MAX(CASE WHEN modifier = 'TC' THEN 1 END) AS technical
  FROM service_modifiers
  GROUP BY
    service_key
) AS m
  ON m.service_key = a.service_key
WHERE
  r.by_part;

-- The rate an answer would have had, had its code been billed another way: as the base code of its family, as its technical
-- or professional part alone, or at the amount it is reduced to. Rates are sought where the answer's own came from: the
-- same table and days, for the base the same modifier before none, its setting before all.
create or replace view sought_rates as
WITH sought AS (
  SELECT
    answer_key,
    'base' AS way,
    base AS code
  FROM family_answers
  WHERE
    code <> base
  UNION ALL
  SELECT
    l.answer_key,
    p.way,
    l.code
  FROM part_answers AS l
  CROSS JOIN (
    SELECT
      'TC' AS way
    UNION ALL
    SELECT
      '26'
  ) AS p
  WHERE
    l.kind = 'whole'
), rated AS (
  SELECT
    l.answer_key,
    l.way,
    r.rate_key,
    r.amount,
    CASE WHEN r.modifier = '' THEN 2 ELSE 0 END + CASE WHEN r.setting = '' THEN 1 ELSE 0 END AS preference,
    CASE
      WHEN t.pinned IS NULL AND r.from_day > a.from_day
      THEN r.from_day
      ELSE a.from_day
    END AS from_day,
    CASE WHEN t.pinned IS NULL AND r.to_day < a.to_day THEN r.to_day ELSE a.to_day END AS to_day
  FROM sought AS l
  INNER JOIN answers AS a
    ON a.answer_key = l.answer_key
  INNER JOIN contract_terms AS t
    ON t.term_key = a.term_key
  INNER JOIN services AS s
    ON s.service_key = a.service_key
  INNER JOIN contract_rates AS r
    ON r.schedule_key = t.schedule_key
    AND r.code = l.code
    AND (
      r.modifier = l.way OR l.way = 'base' AND r.modifier IN ('', a.rate_modifier)
    )
    AND r.setting IN ('', UPPER(TRIM(COALESCE(s.setting, ''))))
    AND r.to_day > COALESCE(t.pinned, a.from_day)
    AND (
      r.from_day < a.to_day AND t.pinned IS NULL OR r.from_day <= t.pinned
    )
), cuts AS (
  SELECT
    answer_key,
    way,
    from_day AS cut_day
  FROM rated
  UNION
  SELECT
    answer_key,
    way,
    to_day
  FROM rated
), pieces AS (
  SELECT
    answer_key,
    way,
    cut_day AS from_day,
    LEAD(cut_day) OVER (PARTITION BY answer_key, way ORDER BY cut_day) AS to_day
  FROM cuts
), placed AS (
  SELECT
    p.answer_key,
    p.way,
    p.from_day,
    p.to_day,
    r.amount,
    ROW_NUMBER() OVER (PARTITION BY p.answer_key, p.way, p.from_day ORDER BY r.preference, r.rate_key) AS place
  FROM pieces AS p
  INNER JOIN rated AS r
    ON r.answer_key = p.answer_key
    AND r.way = p.way
    AND r.from_day <= p.from_day
    AND r.to_day >= p.to_day
)
SELECT
  answer_key,
  way,
  from_day,
  to_day,
  amount
FROM placed
WHERE
  place = 1
UNION ALL
SELECT
  p.answer_key,
  'reduced',
  a.from_day,
  a.to_day,
  p.reduced_amount
FROM part_answers AS p
INNER JOIN answers AS a
  ON a.answer_key = p.answer_key
WHERE
  NOT p.reduced_amount IS NULL;

-- What a unit would have been paid by that rate: times the same share, escalator and modifiers; by line, where the term pays
-- lines. `whole_fee` is what one unit comes to in cents.
-- in cents at each step, but for a rate with fractions of a cent
create or replace table sought_fees as
WITH rated AS (
  SELECT
    f.answer_key,
    f.way,
    f.from_day,
    f.to_day,
    a.per = 'line' AS by_line,
    a.escalation,
    a.modifier_factor,
    a.per = 'unit' AND f.amount <> ROUND(f.amount, 2) AS fine,
    CAST(f.amount AS DECIMAL(19, 6)) * COALESCE(a.percent, CAST(1 AS DECIMAL(12, 6))) AS plain_rate
  FROM sought_rates AS f
  INNER JOIN answers AS a
    ON a.answer_key = f.answer_key
), held AS (
  SELECT
    *,
    CASE
      WHEN fine
      THEN CAST(ROUND(plain_rate, 6) AS DECIMAL(19, 6))
      ELSE CAST(ROUND(plain_rate, 2) AS DECIMAL(19, 6))
    END AS held_rate
  FROM rated
), escalated AS (
  SELECT
    *,
    CASE
      WHEN fine
      THEN CAST(ROUND(held_rate * escalation, 6) AS DECIMAL(19, 6))
      ELSE CAST(ROUND(held_rate * escalation, 2) AS DECIMAL(19, 6))
    END AS unit_rate
  FROM held
), modified AS (
  SELECT
    *,
    CASE
      WHEN fine
      THEN CAST(ROUND(unit_rate * modifier_factor, 6) AS DECIMAL(19, 6))
      ELSE CAST(ROUND(unit_rate * modifier_factor, 2) AS DECIMAL(19, 6))
    END AS unit_fee
  FROM escalated
)
SELECT
  answer_key,
  way,
  from_day,
  to_day,
  by_line,
  unit_fee,
  CAST(ROUND(unit_fee, 2) AS DECIMAL(18, 2)) AS whole_fee
FROM modified;

-- Lines of an endoscopy family (a base and what goes beyond it) that are billed together, by their place in it: the
-- highest first, the base last; both sides of a procedure have one place. A line alone in its family, or its base alone,
-- is a procedure like any other.
-- two lines that are both sides stand where the first would, for what both come to
create or replace table family_lines as
WITH listed AS (
  SELECT
    f.*,
    COALESCE(d.first_key, f.line_key) AS side_key,
    a.apart,
    a.ranking_key,
    a.weight,
    a.code,
    CASE WHEN a.by_claim THEN NULL ELSE f.service_day END AS ranked_day,
    a.base
  FROM family_answers AS a
  INNER JOIN line_fees AS f
    ON f.answer_key = a.answer_key AND f.fee_amount > 0
  LEFT JOIN ranked_sides AS d
    ON d.line_key = f.line_key
  LEFT JOIN included_lines AS n
    ON n.line_key = f.line_key
  LEFT JOIN unpaid_beside AS b
    ON b.line_key = f.line_key
  WHERE
    n.line_key IS NULL AND b.line_key IS NULL
), paired AS (
  SELECT
    l.line_key,
    f.weight AS sides_weight,
    f.line_no AS sides_line_no,
    CAST(f.fee_amount + s.fee_amount AS DECIMAL(38, 2)) AS sides_fee
  FROM ranked_sides AS d
  INNER JOIN listed AS f
    ON f.line_key = d.first_key
  INNER JOIN listed AS s
    ON s.line_key = d.line_key
  INNER JOIN listed AS l
    ON l.side_key = d.first_key
), sided AS (
  SELECT
    l.*,
    COALESCE(p.sides_fee, l.fee_amount) AS sides_fee,
    COALESCE(p.sides_weight, l.weight) AS sides_weight,
    COALESCE(p.sides_line_no, l.line_no) AS sides_line_no
  FROM listed AS l
  LEFT JOIN paired AS p
    ON p.line_key = l.line_key
), placed AS (
  SELECT
    *,
    SUM(CASE WHEN code <> base THEN 1 ELSE 0 END) OVER (PARTITION BY claim_key, ranking_key, apart, ranked_day, base) AS beyond,
    SUM(CASE WHEN line_key = side_key THEN 1 ELSE 0 END) OVER (PARTITION BY claim_key, ranking_key, apart, ranked_day, base) AS together,
    DENSE_RANK() OVER (
      PARTITION BY claim_key, ranking_key, apart, ranked_day, base
      ORDER BY CASE WHEN code = base THEN 1 ELSE 0 END, sides_weight DESC, sides_fee DESC, sides_line_no, side_key
    ) AS place,
    FIRST_VALUE(side_key) OVER (
      PARTITION BY claim_key, ranking_key, apart, ranked_day, base
      ORDER BY CASE WHEN code = base THEN 1 ELSE 0 END, sides_weight DESC, sides_fee DESC, sides_line_no, side_key
    ) AS head_key
  FROM sided
)
SELECT
  *
FROM placed
WHERE
  beyond > 0 AND together > 1;

-- What each line of a family is paid before ranking: the first in full, others without the fee of the base they begin
-- with (in full where the base has none), the base itself nothing. The first line is ranked, for all the family comes to.
-- Both sides of a procedure are such a family, each paid as it stands.
create or replace table family_fees as
WITH based AS (
  SELECT
    l.*,
    CASE
      WHEN b.by_line
      THEN CAST(b.whole_fee AS DECIMAL(38, 2))
      WHEN l.units > a.most_units
      THEN CAST(ROUND(b.unit_fee * a.most_units, 2) AS DECIMAL(38, 2))
      ELSE CAST(ROUND(b.unit_fee * l.units, 2) AS DECIMAL(38, 2))
    END AS base_fee
  FROM family_lines AS l
  INNER JOIN answers AS a
    ON a.answer_key = l.answer_key
  LEFT JOIN sought_fees AS b
    ON b.answer_key = l.answer_key
    AND b.way = 'base'
    AND l.code <> l.base
    AND l.service_day >= b.from_day
    AND l.service_day < b.to_day
), reduced AS (
  SELECT
    *,
    CASE
      WHEN place = 1
      THEN fee_amount
      WHEN code = base
      THEN CAST(0 AS DECIMAL(18, 2))
      WHEN base_fee IS NULL
      THEN fee_amount
      WHEN base_fee < fee_amount
      THEN CAST(fee_amount - CAST(base_fee AS DECIMAL(18, 2)) AS DECIMAL(18, 2))
      ELSE CAST(0 AS DECIMAL(18, 2))
    END AS family_fee
  FROM based
)
SELECT
  line_key,
  head_key,
  claim_key,
  line_no,
  units,
  charge_amount,
  answer_key,
  family_fee,
  CASE WHEN place > 1 THEN CAST(family_fee - fee_amount AS DECIMAL(18, 2)) END AS reduction_amount,
  CASE
    WHEN place > 1
    THEN CONCAT(CAST('family ' AS VARCHAR), CAST(base AS VARCHAR))
  END AS reduction,
  CAST(SUM(family_fee) OVER (PARTITION BY head_key) AS DECIMAL(18, 2)) AS total_amount
FROM reduced
UNION ALL
SELECT
  f.line_key,
  s.first_key,
  f.claim_key,
  f.line_no,
  f.units,
  f.charge_amount,
  f.answer_key,
  f.fee_amount,
  NULL,
  NULL,
  CAST(SUM(f.fee_amount) OVER (PARTITION BY s.first_key) AS DECIMAL(18, 2))
FROM (
  SELECT
    line_key,
    first_key
  FROM ranked_sides
  UNION ALL
  SELECT
    first_key,
    first_key
  FROM ranked_sides
) AS s
INNER JOIN line_fees AS f
  ON f.line_key = s.line_key
LEFT JOIN family_lines AS l
  ON l.line_key = s.line_key
WHERE
  l.line_key IS NULL;

-- Each line that is ranked, and how many ranks it takes: one, or one for each unit where the contract ranks units. Of a
-- family its first line is ranked, for all of it.
create or replace view ranking_entries as
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
    COALESCE(w.weight, 0) AS weight,
    COALESCE(
      a.unit_fee,
      CASE WHEN NOT a.unit_rate IS NULL THEN CAST(a.held_fee AS DECIMAL(18, 2)) END
    ) AS unit_fee,
    CASE WHEN r.by_claim THEN NULL ELSE f.service_day END AS ranked_day,
    CASE
      WHEN r.each_unit AND p.line_key IS NULL
      THEN CASE WHEN f.units > a.most_units THEN a.most_units ELSE f.units END
    END AS paid_units,
    p.total_amount
  FROM line_fees AS f
  INNER JOIN answers AS a
    ON a.answer_key = f.answer_key
  INNER JOIN contract_rankings AS r
    ON r.ranking_key = a.ranking_key AND NOT r.by_part
  LEFT JOIN answer_weights AS w
    ON w.answer_key = f.answer_key
  LEFT JOIN included_lines AS i
    ON i.line_key = f.line_key
  LEFT JOIN family_fees AS p
    ON p.line_key = f.line_key
  LEFT JOIN unpaid_beside AS b
    ON b.line_key = f.line_key
  WHERE
    f.ranks
    AND f.fee_amount > 0
    AND COALESCE(i.line_key, b.line_key) IS NULL
    AND (
      p.line_key IS NULL OR p.line_key = p.head_key
    )
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
  CASE WHEN entries > 1 THEN unit_fee ELSE COALESCE(total_amount, fee_amount) END AS entry_fee
FROM counted;

-- Lines of rankings of parts, and how many ranks each takes: one, or one for each unit where the contract ranks units.
create or replace table part_lines as
WITH listed AS (
  SELECT
    f.line_key,
    f.claim_key,
    f.line_no,
    f.service_day,
    f.units,
    f.charge_amount,
    f.answer_key,
    f.fee_amount,
    a.ranking_key,
    a.apart,
    CASE WHEN a.by_claim THEN NULL ELSE f.service_day END AS ranked_day,
    a.kind,
    a.unit_fee,
    CASE WHEN f.units > a.most_units THEN a.most_units ELSE f.units END AS paid_units
  FROM part_answers AS a
  INNER JOIN line_fees AS f
    ON f.answer_key = a.answer_key AND f.fee_amount > 0
  LEFT JOIN included_lines AS n
    ON n.line_key = f.line_key
  LEFT JOIN unpaid_beside AS b
    ON b.line_key = f.line_key
  WHERE
    COALESCE(n.line_key, b.line_key) IS NULL
)
SELECT
  *,
  CASE
    WHEN NOT unit_fee IS NULL
    AND paid_units > 1
    AND paid_units < 10000
    AND ROUND(paid_units, 0) = paid_units
    THEN paid_units
    ELSE CAST(1 AS DECIMAL(18, 3))
  END AS entries
FROM listed;

-- The parts of each line that are ranked, and what each is paid in full. A whole is split by the rate of its technical part,
-- or else of its professional one, and the rest is the other; without either it has no parts. The practice expense is what
-- the reduced amount lacks.
create or replace view part_entries as
WITH known AS (
  SELECT
    l.line_key,
    l.claim_key,
    l.line_no,
    l.ranking_key,
    l.apart,
    l.ranked_day,
    l.kind,
    l.entries,
    CASE WHEN l.entries > 1 THEN l.unit_fee ELSE l.fee_amount END AS entry_fee,
    CASE
      WHEN l.entries > 1 OR l.paid_units = 1 OR t.by_line
      THEN t.whole_fee
      ELSE CAST(ROUND(t.unit_fee * l.paid_units, 2) AS DECIMAL(38, 2))
    END AS technical,
    CASE
      WHEN l.entries > 1 OR l.paid_units = 1 OR p.by_line
      THEN p.whole_fee
      ELSE CAST(ROUND(p.unit_fee * l.paid_units, 2) AS DECIMAL(38, 2))
    END AS professional,
    CASE
      WHEN l.entries > 1 OR l.paid_units = 1 OR r.by_line
      THEN r.whole_fee
      ELSE CAST(ROUND(r.unit_fee * l.paid_units, 2) AS DECIMAL(38, 2))
    END AS reduced
  FROM part_lines AS l
  LEFT JOIN sought_fees AS t
    ON t.answer_key = l.answer_key
    AND t.way = 'TC'
    AND l.service_day >= t.from_day
    AND l.service_day < t.to_day
  LEFT JOIN sought_fees AS p
    ON p.answer_key = l.answer_key
    AND p.way = '26'
    AND l.service_day >= p.from_day
    AND l.service_day < p.to_day
  LEFT JOIN sought_fees AS r
    ON r.answer_key = l.answer_key
    AND r.way = 'reduced'
    AND l.service_day >= r.from_day
    AND l.service_day < r.to_day
), held AS (
  SELECT
    line_key,
    claim_key,
    line_no,
    ranking_key,
    apart,
    ranked_day,
    kind,
    entries,
    entry_fee,
    CASE WHEN technical > entry_fee THEN entry_fee ELSE technical END AS technical,
    CASE WHEN professional > entry_fee THEN entry_fee ELSE professional END AS professional,
    CASE WHEN reduced > entry_fee THEN entry_fee ELSE reduced END AS reduced
  FROM known
)
SELECT
  h.line_key,
  h.claim_key,
  h.line_no,
  p.part_key,
  p.part_key * 2 + h.apart AS pool_key,
  h.ranked_day,
  h.entries,
  CAST(CASE
    WHEN p.part = 'practice expense'
    THEN h.entry_fee - h.reduced
    WHEN h.kind = p.part
    THEN h.entry_fee
    WHEN h.kind <> 'whole'
    THEN NULL
    WHEN p.part = 'technical'
    THEN COALESCE(h.technical, h.entry_fee - h.professional)
    WHEN p.part = 'professional'
    THEN COALESCE(h.entry_fee - h.technical, h.professional)
  END AS DECIMAL(18, 2)) AS amount
FROM held AS h
INNER JOIN (
  SELECT DISTINCT
    part_key,
    ranking_key,
    part
  FROM contract_parts
) AS p
  ON p.ranking_key = h.ranking_key;

-- Each part ranked among those of its kind, the highest first, and the first and last rank it takes.
create or replace view ranked_parts as
WITH counted AS (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY claim_key, pool_key, ranked_day
      ORDER BY amount DESC, line_no, line_key
    ) AS place,
    CAST(SUM(entries) OVER (
      PARTITION BY claim_key, pool_key, ranked_day
      ORDER BY amount DESC, line_no, line_key
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS DECIMAL(18, 3)) AS last_rank
  FROM part_entries
  WHERE
    amount > 0
)
SELECT
  *,
  CAST(last_rank - entries + 1 AS DECIMAL(18, 3)) AS first_rank
FROM counted;

-- What each rank of a part takes from it: for each range of ranks it reaches into, as often as it takes one of them.
create or replace view part_cuts as
WITH pieces AS (
  SELECT
    e.line_key,
    p.part,
    e.place,
    e.amount,
    p.factor,
    CASE WHEN p.last_rank < e.last_rank THEN p.last_rank ELSE e.last_rank END - CASE WHEN p.first_rank > e.first_rank THEN p.first_rank ELSE e.first_rank END + 1 AS counted
  FROM ranked_parts AS e
  INNER JOIN contract_parts AS p
    ON p.part_key = e.part_key
    AND p.factor <> 1
    AND p.first_rank <= e.last_rank
    AND p.last_rank >= e.first_rank
)
SELECT
  line_key,
  part,
  place,
  CAST(ROUND(CAST(amount AS DECIMAL(19, 2)) * factor, 2) - amount AS DECIMAL(18, 2)) * CAST(counted AS DECIMAL(10, 0)) AS cut_amount
FROM pieces;

-- What is taken from each line, and the place of each part it is taken from among those of its kind.
create or replace table part_reductions as
SELECT
  line_key,
  CAST(SUM(cut_amount) AS DECIMAL(18, 2)) AS cut_amount,
  MAX(CASE WHEN part = 'practice expense' THEN place END) AS practice_expense,
  MAX(CASE WHEN part = 'professional' THEN place END) AS professional,
  MAX(CASE WHEN part = 'technical' THEN place END) AS technical
FROM part_cuts
WHERE
  cut_amount <> 0
GROUP BY
  line_key;

-- What is left of each line whose parts are ranked.
create or replace view part_fees as
SELECT
  l.line_key,
  l.claim_key,
  l.line_no,
  l.units,
  l.charge_amount,
  l.answer_key,
  CASE
    WHEN c.line_key IS NULL
    THEN l.fee_amount
    ELSE CAST(l.fee_amount + c.cut_amount AS DECIMAL(18, 2))
  END AS fee_amount,
  c.cut_amount AS reduction_amount,
  CASE
    WHEN NOT c.line_key IS NULL
    THEN SUBSTR(
      CONCAT(
        CAST(COALESCE(
          CONCAT(CAST(', practice expense ' AS VARCHAR), CAST(c.practice_expense AS VARCHAR)),
          ''
        ) AS VARCHAR),
        CAST(COALESCE(CONCAT(CAST(', professional ' AS VARCHAR), CAST(c.professional AS VARCHAR)), '') AS VARCHAR),
        CAST(COALESCE(CONCAT(CAST(', technical ' AS VARCHAR), CAST(c.technical AS VARCHAR)), '') AS VARCHAR)
      ),
      3
    )
  END AS reduction
FROM part_lines AS l
LEFT JOIN part_reductions AS c
  ON c.line_key = l.line_key;

-- The highest relative value or fee first: each line's place among those it is ranked with.
create or replace table ranked_entries as
SELECT
  line_key,
  claim_key,
  line_no,
  units,
  charge_amount,
  answer_key,
  fee_amount,
  ranking_key,
  apart,
  ranked_day,
  entries,
  entry_fee,
  ROW_NUMBER() OVER (
    PARTITION BY claim_key, ranking_key, apart, ranked_day
    ORDER BY weight DESC, entry_fee DESC, line_no, line_key
  ) AS procedure_rank
FROM ranking_entries;

-- Where units are ranked: the first and the last rank each line takes. From what is kept alone: joined to what it is made
-- of once more, some engines fail on the joins there would be within each other.
create or replace table unit_ranks as
WITH counted AS (
  SELECT
    e.line_key,
    e.ranking_key,
    e.entries,
    e.entry_fee,
    CAST(SUM(e.entries) OVER (
      PARTITION BY e.claim_key, e.ranking_key, e.apart, e.ranked_day
      ORDER BY e.procedure_rank
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS DECIMAL(18, 3)) AS last_rank
  FROM ranked_entries AS e
  INNER JOIN contract_unit_rankings AS r
    ON r.ranking_key = e.ranking_key
)
SELECT
  *,
  CAST(last_rank - entries + 1 AS DECIMAL(18, 3)) AS first_rank
FROM counted;

-- Lines that take several ranks: the sum over their units, each cut by the factor of its own rank.
create or replace view unit_cuts as
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

-- What takes one rank, and which: the procedure's own, or counted by units where others take several. A view of its own: read
-- twice within one query it would be held in memory first.
create or replace view counted_entries as
SELECT
  r.*,
  COALESCE(u.last_rank, r.procedure_rank) AS counted_rank
FROM ranked_entries AS r
LEFT JOIN unit_ranks AS u
  ON u.line_key = r.line_key
WHERE
  u.line_key IS NULL OR u.entries = 1;

-- Several ranked procedures: each cut by the factor of its rank, or unit by unit where it takes several ranks.
-- the other lines of a family, and second sides, at the rank of their first
-- lines whose parts are ranked
create or replace view ranked_lines as
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
  CAST(NULL AS DECIMAL(18, 2)) AS reduction_amount,
  CAST(NULL AS VARCHAR) AS reduction
FROM counted_entries AS r
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
  CAST(u.fee_amount - r.fee_amount AS DECIMAL(18, 2)),
  NULL
FROM ranked_entries AS r
INNER JOIN unit_cuts AS u
  ON u.line_key = r.line_key
UNION ALL
SELECT
  m.line_key,
  m.claim_key,
  m.line_no,
  m.units,
  m.charge_amount,
  m.answer_key,
  CAST(ROUND(CAST(m.family_fee AS DECIMAL(19, 2)) * p.factor, 2) AS DECIMAL(18, 2)),
  r.procedure_rank,
  p.factor,
  m.reduction_amount,
  m.reduction
FROM counted_entries AS r
INNER JOIN family_fees AS m
  ON m.head_key = r.line_key AND m.line_key <> r.line_key
INNER JOIN contract_procedures AS p
  ON p.ranking_key = r.ranking_key
  AND r.counted_rank >= p.first_rank
  AND r.counted_rank <= p.last_rank
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
  reduction_amount,
  reduction
FROM part_fees;
