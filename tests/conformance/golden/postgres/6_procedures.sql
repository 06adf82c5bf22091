-- Lines that are paid with another, and why. Those paid only by themselves, beside another of their claim and day that the
-- same table pays: two such lines alone do not take each other's payment away. And the lesser codes of a session of
-- anaesthesia.
create temporary table unpaid_beside as
WITH asked AS (
  SELECT DISTINCT
    a.answer_key
  FROM contract_paid_alone AS r
  INNER JOIN matches AS m
    ON m.selector_key = -r.alone_key
  INNER JOIN answers AS a
    ON a.service_key = m.service_key
  LEFT JOIN contract_alone_profiles AS p
    ON p.alone_key = r.alone_key AND p.profile_no = a.profile_no
  WHERE
    NOT p.alone_key IS NULL OR NOT r.by_profile
), payable AS (
  SELECT
    f.line_key,
    f.claim_key,
    f.service_day,
    t.schedule,
    NOT q.answer_key IS NULL AS alone
  FROM (
    SELECT DISTINCT
      version_key
    FROM contract_paid_alone
  ) AS v
  INNER JOIN answers AS a
    ON a.version_key = v.version_key AND a.method IN ('fee_schedule', 'percent_of')
  INNER JOIN contract_terms AS t
    ON t.term_key = a.term_key
  INNER JOIN line_fees AS f
    ON f.answer_key = a.answer_key AND f.fee_amount > 0
  LEFT JOIN asked AS q
    ON q.answer_key = a.answer_key
  LEFT JOIN included_lines AS n
    ON n.line_key = f.line_key
  WHERE
    n.line_key IS NULL
)
SELECT
  p.line_key,
  'paid alone' AS reason
FROM payable AS p
INNER JOIN (
  SELECT DISTINCT
    claim_key,
    service_day,
    schedule
  FROM payable
  WHERE
    NOT alone
) AS o
  ON o.claim_key = p.claim_key
  AND o.service_day = p.service_day
  AND o.schedule = p.schedule
WHERE
  p.alone
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
create temporary table ranked_sides as
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

-- Lines of rankings of parts, and what each is: the professional or the technical part of a service, or the whole.
-- `uncontested`: alone in its ranking, with one unit, where the first rank is paid in full: nothing can be taken from it.
create temporary table part_lines as
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
    UPPER(TRIM(s.code)) AS code,
    CASE WHEN r.by_claim THEN NULL ELSE f.service_day END AS ranked_day,
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
    COALESCE(
      a.unit_fee,
      CASE WHEN NOT a.unit_rate IS NULL THEN CAST(a.held_fee AS DECIMAL(18, 2)) END
    ) AS unit_fee,
    CASE
      WHEN r.each_unit AND a.per = 'unit'
      THEN CASE WHEN f.units > a.most_units THEN a.most_units ELSE f.units END
    END AS paid_units
  FROM contract_rankings AS r
  INNER JOIN answers AS a
    ON a.ranking_key = r.ranking_key
  INNER JOIN services AS s
    ON s.service_key = a.service_key
  INNER JOIN line_fees AS f
    ON f.answer_key = a.answer_key AND f.fee_amount > 0
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
  LEFT JOIN included_lines AS n
    ON n.line_key = f.line_key
  LEFT JOIN unpaid_beside AS b
    ON b.line_key = f.line_key
  WHERE
    r.by_part AND n.line_key IS NULL AND b.line_key IS NULL
)
SELECT
  l.*,
  COUNT(*) OVER (PARTITION BY l.claim_key, l.ranking_key, l.apart, l.ranked_day) = 1
  AND COALESCE(l.paid_units, 1) <= 1
  AND c.ranking_key IS NULL AS uncontested
FROM listed AS l
LEFT JOIN (
  SELECT DISTINCT
    ranking_key
  FROM contract_parts
  WHERE
    first_rank <= 1 AND factor <> 1
) AS c
  ON c.ranking_key = l.ranking_key;

-- What one unit of a service weighs where procedures are ranked by relative value: that of its setting.
create temporary table answer_weights as
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

-- Lines of an endoscopy family (a base and what goes beyond it) that are billed together, by their place in it: the
-- highest first, the base last; both sides of a procedure have one place. A line alone in its family, or its base alone,
-- is a procedure like any other.
create temporary table family_lines as
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
), listed AS (
  SELECT
    f.*,
    COALESCE(d.first_key, f.line_key) AS side_key,
    a.apart,
    a.ranking_key,
    COALESCE(w.weight, 0) AS weight,
    UPPER(TRIM(s.code)) AS code,
    CASE WHEN r.by_claim THEN NULL ELSE f.service_day END AS ranked_day,
    CASE WHEN m.by_table THEN COALESCE(i.endo_base, UPPER(TRIM(s.code))) ELSE c.base END AS base
  FROM contract_families AS m
  INNER JOIN contract_rankings AS r
    ON r.ranking_key = m.ranking_key
  INNER JOIN answers AS a
    ON a.ranking_key = m.ranking_key
  INNER JOIN services AS s
    ON s.service_key = a.service_key
  INNER JOIN line_fees AS f
    ON f.answer_key = a.answer_key AND f.fee_amount > 0
  LEFT JOIN contract_indicators AS i
    ON i.indicator_no = a.indicator_no AND i.indicator_no <> 0
  LEFT JOIN stated AS c
    ON c.service_key = a.service_key AND c.ranking_key = m.ranking_key
  LEFT JOIN answer_weights AS w
    ON w.answer_key = f.answer_key
  LEFT JOIN ranked_sides AS d
    ON d.line_key = f.line_key
  LEFT JOIN included_lines AS n
    ON n.line_key = f.line_key
  LEFT JOIN unpaid_beside AS b
    ON b.line_key = f.line_key
  WHERE
    n.line_key IS NULL AND b.line_key IS NULL
), sided AS (
  SELECT
    *,
    SUM(fee_amount) OVER (PARTITION BY side_key) AS sides_fee,
    MAX(CASE WHEN line_key = side_key THEN weight END) OVER (PARTITION BY side_key) AS sides_weight,
    MAX(CASE WHEN line_key = side_key THEN line_no END) OVER (PARTITION BY side_key) AS sides_line_no
  FROM listed
  WHERE
    NOT base IS NULL
), placed AS (
  SELECT
    *,
    SUM(CASE WHEN code <> base THEN 1 ELSE 0 END) OVER (PARTITION BY claim_key, ranking_key, apart, ranked_day, base) AS beyond,
    SUM(CASE WHEN line_key = side_key THEN 1 ELSE 0 END) OVER (PARTITION BY claim_key, ranking_key, apart, ranked_day, base) AS together,
    DENSE_RANK() OVER (
      PARTITION BY claim_key, ranking_key, apart, ranked_day, base
      ORDER BY CASE WHEN code = base THEN 1 ELSE 0 END, sides_weight DESC NULLS LAST, sides_fee DESC NULLS LAST, sides_line_no, side_key
    ) AS place
  FROM sided
)
SELECT
  *
FROM placed
WHERE
  beyond > 0 AND together > 1;

-- The rate a line would have had, had it been billed another way: with the base code of its family, as its technical or
-- professional part alone, or at the amount its code is reduced to. Rates are sought where the line's own came from: the
-- same table and day, for the base the same modifier before none, its setting before all.
create temporary table sought_rates as
WITH sought AS (
  SELECT
    line_key,
    answer_key,
    service_day,
    units,
    'base' AS way,
    base AS code
  FROM family_lines
  WHERE
    place > 1 AND code <> base
  UNION ALL
  SELECT
    l.line_key,
    l.answer_key,
    l.service_day,
    l.units,
    p.way,
    l.code
  FROM part_lines AS l
  CROSS JOIN (
    SELECT
      'TC' AS way
    UNION ALL
    SELECT
      '26'
  ) AS p
  WHERE
    l.kind = 'whole' AND NOT l.uncontested
), found AS (
  SELECT
    l.line_key,
    l.answer_key,
    l.units,
    l.way,
    r.amount,
    ROW_NUMBER() OVER (
      PARTITION BY l.line_key, l.way
      ORDER BY CASE WHEN r.modifier = '' THEN 1 ELSE 0 END, CASE WHEN r.setting = '' THEN 1 ELSE 0 END, r.rate_key
    ) AS preference
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
    AND r.from_day <= COALESCE(t.pinned, l.service_day)
    AND r.to_day > COALESCE(t.pinned, l.service_day)
)
SELECT
  line_key,
  answer_key,
  units,
  way,
  amount
FROM found
WHERE
  preference = 1
UNION ALL
SELECT
  line_key,
  answer_key,
  units,
  'reduced',
  reduced_amount
FROM part_lines
WHERE
  NOT reduced_amount IS NULL AND NOT uncontested;

-- What the line would have been paid by that rate: times the same share, escalator, modifiers and units.
-- in cents at each step, but for a rate with fractions of a cent
create temporary table sought_fees as
WITH rated AS (
  SELECT
    f.line_key,
    f.way,
    a.per,
    a.escalation,
    a.modifier_factor,
    CASE WHEN f.units > a.most_units THEN a.most_units ELSE f.units END AS units,
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
  line_key,
  way,
  unit_fee,
  CASE
    WHEN per = 'line'
    THEN CAST(ROUND(unit_fee, 2) AS DECIMAL(38, 2))
    ELSE CAST(ROUND(unit_fee * units, 2) AS DECIMAL(38, 2))
  END AS fee_amount
FROM modified;

-- What each line of a family is paid before ranking: the first in full, others without the fee of the base they begin
-- with (in full where the base has none), the base itself nothing. The first line is ranked, for all the family comes to.
-- Both sides of a procedure are such a family, each paid as it stands.
create temporary table family_fees as
WITH reduced AS (
  SELECT
    l.*,
    MAX(CASE WHEN l.place = 1 AND l.line_key = l.side_key THEN l.line_key END) OVER (PARTITION BY l.claim_key, l.ranking_key, l.apart, l.ranked_day, l.base) AS head_key,
    CASE
      WHEN l.place = 1
      THEN l.fee_amount
      WHEN l.code = l.base
      THEN CAST(0 AS DECIMAL(18, 2))
      WHEN b.line_key IS NULL
      THEN l.fee_amount
      WHEN b.fee_amount < l.fee_amount
      THEN CAST(l.fee_amount - CAST(b.fee_amount AS DECIMAL(18, 2)) AS DECIMAL(18, 2))
      ELSE CAST(0 AS DECIMAL(18, 2))
    END AS family_fee
  FROM family_lines AS l
  LEFT JOIN sought_fees AS b
    ON b.line_key = l.line_key AND b.way = 'base'
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
  CASE WHEN place > 1 THEN 'family ' || base END AS reduction,
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
create temporary view ranking_entries as
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

-- How many ranks each line takes (one, or one for each unit), what each is paid in full, and the other amounts known of it.
create temporary view part_amounts as
SELECT
  l.line_key,
  l.kind,
  l.entries,
  CASE WHEN l.entries > 1 THEN l.unit_fee ELSE l.fee_amount END AS entry_fee,
  CASE WHEN l.entries > 1 THEN ROUND(t.unit_fee, 2) ELSE t.fee_amount END AS technical,
  CASE WHEN l.entries > 1 THEN ROUND(p.unit_fee, 2) ELSE p.fee_amount END AS professional,
  CASE WHEN l.entries > 1 THEN ROUND(r.unit_fee, 2) ELSE r.fee_amount END AS reduced
FROM (
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
  FROM part_lines
  WHERE
    NOT uncontested
) AS l
LEFT JOIN sought_fees AS t
  ON t.line_key = l.line_key AND t.way = 'TC'
LEFT JOIN sought_fees AS p
  ON p.line_key = l.line_key AND p.way = '26'
LEFT JOIN sought_fees AS r
  ON r.line_key = l.line_key AND r.way = 'reduced';

-- The parts of a line. A whole is split by the rate of its technical part, or else of its professional one, and the rest
-- is the other; without either it has no parts. The practice expense is what the reduced amount lacks.
create temporary view part_entries as
WITH held AS (
  SELECT
    line_key,
    kind,
    entries,
    entry_fee,
    CASE WHEN technical > entry_fee THEN entry_fee ELSE technical END AS technical,
    CASE WHEN professional > entry_fee THEN entry_fee ELSE professional END AS professional,
    CASE WHEN reduced > entry_fee THEN entry_fee ELSE reduced END AS reduced
  FROM part_amounts
)
SELECT
  line_key,
  entries,
  'technical' AS part,
  CASE
    WHEN kind = 'technical'
    THEN entry_fee
    WHEN kind = 'whole'
    THEN COALESCE(technical, entry_fee - professional)
  END AS amount
FROM held
UNION ALL
SELECT
  line_key,
  entries,
  'professional',
  CASE
    WHEN kind = 'professional'
    THEN entry_fee
    WHEN kind = 'whole'
    THEN COALESCE(entry_fee - technical, professional)
  END
FROM held
UNION ALL
SELECT
  line_key,
  entries,
  'practice expense',
  entry_fee - reduced
FROM held;

-- Each part ranked among those of its kind, the highest first, and the first and last rank it takes.
create temporary table ranked_parts as
WITH listed AS (
  SELECT
    l.line_key,
    l.claim_key,
    l.line_no,
    l.ranking_key,
    l.apart,
    l.ranked_day,
    e.part,
    e.entries,
    CAST(e.amount AS DECIMAL(18, 2)) AS amount
  FROM part_lines AS l
  INNER JOIN part_entries AS e
    ON e.line_key = l.line_key AND e.amount > 0
  INNER JOIN (
    SELECT DISTINCT
      ranking_key,
      part
    FROM contract_parts
  ) AS p
    ON p.ranking_key = l.ranking_key AND p.part = e.part
), counted AS (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY claim_key, ranking_key, apart, ranked_day, part
      ORDER BY amount DESC NULLS LAST, line_no, line_key
    ) AS place,
    CAST(SUM(entries) OVER (
      PARTITION BY claim_key, ranking_key, apart, ranked_day, part
      ORDER BY amount DESC NULLS LAST, line_no, line_key
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS DECIMAL(18, 3)) AS last_rank
  FROM listed
)
SELECT
  *,
  CAST(last_rank - entries + 1 AS DECIMAL(18, 3)) AS first_rank
FROM counted;

-- What the ranks of each part take from it, unit by unit where each takes a rank of its own.
create temporary table part_cuts as
WITH pieces AS (
  SELECT
    e.line_key,
    e.part,
    e.place,
    e.amount,
    p.factor,
    CASE WHEN p.last_rank < e.last_rank THEN p.last_rank ELSE e.last_rank END - CASE WHEN p.first_rank > e.first_rank THEN p.first_rank ELSE e.first_rank END + 1 AS counted
  FROM ranked_parts AS e
  INNER JOIN contract_parts AS p
    ON p.ranking_key = e.ranking_key
    AND p.part = e.part
    AND p.first_rank <= e.last_rank
    AND p.last_rank >= e.first_rank
)
SELECT
  line_key,
  part,
  place,
  CAST(SUM(
    CAST(ROUND(CAST(amount AS DECIMAL(19, 2)) * factor, 2) - amount AS DECIMAL(18, 2)) * CAST(counted AS DECIMAL(10, 0))
  ) AS DECIMAL(18, 2)) AS cut_amount
FROM pieces
GROUP BY
  line_key,
  part,
  place;

-- What is left of each line, and by which parts it was cut, each with its place among those of its kind.
create temporary table part_fees as
SELECT
  l.line_key,
  l.claim_key,
  l.line_no,
  l.units,
  l.charge_amount,
  l.answer_key,
  CAST(l.fee_amount + COALESCE(c.cut_amount, 0) AS DECIMAL(18, 2)) AS fee_amount,
  c.cut_amount AS reduction_amount,
  c.reduction
FROM part_lines AS l
LEFT JOIN (
  SELECT
    line_key,
    CAST(SUM(cut_amount) AS DECIMAL(18, 2)) AS cut_amount,
    STRING_AGG(part || ' ' || CAST(place AS TEXT), ', '
    ORDER BY
      part) AS reduction
  FROM part_cuts
  WHERE
    cut_amount <> 0
  GROUP BY
    line_key
) AS c
  ON c.line_key = l.line_key;

-- The highest relative value or fee first: each line's place among those it is ranked with.
create temporary table ranked_entries as
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
    ORDER BY weight DESC NULLS LAST, entry_fee DESC NULLS LAST, line_no, line_key
  ) AS procedure_rank
FROM ranking_entries;

-- Where units are ranked: the first and the last rank each line takes. From what is kept alone: joined to what it is made
-- of once more, some engines fail on the joins there would be within each other.
create temporary table unit_ranks as
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
create temporary view unit_cuts as
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
create temporary view counted_entries as
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
create temporary view ranked_lines as
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
  CAST(NULL AS TEXT) AS reduction
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
