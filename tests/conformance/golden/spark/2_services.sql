-- The charge of each claim; of one that states none (or a trillion dollars) the sum over its lines that have one.
create or replace temporary view claim_charges as
WITH summed AS (
  SELECT
    l.claim_key,
    CAST(SUM(l.charge_amount) AS DECIMAL(18, 2)) AS charge_amount
  FROM service_lines AS l
  WHERE
    ABS(l.charge_amount) < 1000000000000
    AND l.claim_key IN (
      SELECT
        c.claim_key
      FROM service_claims AS c
      WHERE
        COALESCE(ABS(c.charge_amount), 1000000000000) >= 1000000000000
    )
  GROUP BY
    l.claim_key
)
SELECT
  c.claim_key,
  CASE
    WHEN ABS(c.charge_amount) < 1000000000000
    THEN c.charge_amount
    ELSE s.charge_amount
  END AS charge_amount
FROM service_claims AS c
LEFT JOIN summed AS s
  ON s.claim_key = c.claim_key;

-- Inpatient stays of members who are known: what another stay may be a readmission after. Looked for among all claims,
-- whatever contract they fall under.
create or replace temporary view known_stays as
SELECT
  claim_key,
  UPPER(TRIM(member_id)) AS member_id,
  age,
  NULLIF(UPPER(TRIM(patient_sex)), '') AS sex,
  TRIM(billing_npi) AS npi,
  REPLACE(REPLACE(TRIM(billing_tin), '-', ''), ' ', '') AS tin,
  UPPER(TRIM(drg_code)) AS drg,
  TRIM(discharge_status) AS status,
  COALESCE(admission_date, claim_start_date) AS admitted,
  COALESCE(discharge_date, claim_end_date) AS discharged
FROM service_claims
WHERE
  claim_type = 'institutional'
  AND bill_type_code LIKE '11%'
  AND TRIM(member_id) <> '';

-- Each claim with the party it belongs to, the contract version chosen, and its nights: at least one where its days
-- are known.
create or replace temporary view chosen_claims as
WITH dated AS (
  SELECT
    c.claim_key,
    p.party_key,
    p.version_key,
    p.contract_day,
    c.drg_code,
    c.bill_type_code,
    c.claim_type,
    c.product,
    c.billing_npi,
    c.billing_tin,
    c.age,
    c.discharge_status,
    DATEDIFF(
      DAY,
      COALESCE(c.admission_date, c.claim_start_date),
      COALESCE(c.discharge_date, c.claim_end_date)
    ) AS nights
  FROM claim_sides AS c
  INNER JOIN contract_choices AS p
    ON c.payer IS NOT DISTINCT FROM p.payer
    AND c.payer_id IS NOT DISTINCT FROM p.payer_id
    AND c.product IS NOT DISTINCT FROM p.product
    AND c.billing_npi IS NOT DISTINCT FROM p.billing_npi
    AND c.billing_tin IS NOT DISTINCT FROM p.billing_tin
    AND c.usual_day IS NOT DISTINCT FROM p.usual_day
    AND c.asked = p.asked
)
SELECT
  *,
  CASE WHEN nights < 1 THEN 1 ELSE nights END AS length_of_stay
FROM dated;

-- The stay of each claim that has a contract: how long, and how it ended.
create or replace temporary view claim_stays as
SELECT
  claim_key,
  contract_day,
  length_of_stay,
  discharge_status
FROM chosen_claims
WHERE
  NOT version_key IS NULL;

-- The bands of charge, age and stay that each claim falls in, by the thresholds its version names.
create or replace temporary view claim_bands as
SELECT
  c.claim_key,
  ch.band AS charge_band,
  ag.band AS age_band,
  st.band AS stay_band
FROM chosen_claims AS c
INNER JOIN claim_charges AS a
  ON a.claim_key = c.claim_key
INNER JOIN (
  SELECT DISTINCT
    version_key
  FROM contract_claim_bands
) AS v
  ON v.version_key = c.version_key
LEFT JOIN contract_claim_bands AS ch
  ON ch.version_key = c.version_key
  AND ch.measure = 'claim_charge'
  AND a.charge_amount >= ch.low
  AND a.charge_amount < ch.high
LEFT JOIN contract_claim_bands AS ag
  ON ag.version_key = c.version_key
  AND ag.measure = 'age'
  AND c.age >= ag.low
  AND c.age < ag.high
LEFT JOIN contract_claim_bands AS st
  ON st.version_key = c.version_key
  AND st.measure = 'length_of_stay'
  AND c.length_of_stay >= st.low
  AND c.length_of_stay < st.high;

-- Each claim with its contract version and, in `facts`, what that version's terms ask about a claim, as one text with a
-- separator no code holds: claims alike in it are alike to every term. What the version does not ask is left empty.
create or replace temporary view claim_facts as
SELECT
  c.claim_key,
  c.party_key,
  c.version_key,
  c.contract_day,
  CASE
    WHEN v.asks_claims
    THEN CONCAT(
      COALESCE(COALESCE(CASE WHEN v.asks_drg THEN COALESCE(g.drg_code, c.drg_code) END, ''), ''),
      COALESCE(CHR(  31), ''),
      COALESCE(COALESCE(CASE WHEN v.asks_bill_type THEN c.bill_type_code END, ''), ''),
      COALESCE(CHR(  31), ''),
      COALESCE(COALESCE(CASE WHEN v.asks_claim_type THEN c.claim_type END, ''), ''),
      COALESCE(CHR(  31), ''),
      COALESCE(COALESCE(CASE WHEN v.asks_product THEN c.product END, ''), ''),
      COALESCE(CHR(  31), ''),
      COALESCE(COALESCE(CASE WHEN v.asks_billing_npi THEN c.billing_npi END, ''), ''),
      COALESCE(CHR(  31), ''),
      COALESCE(COALESCE(CASE WHEN v.asks_tin THEN c.billing_tin END, ''), ''),
      COALESCE(CHR(  31), ''),
      COALESCE(COALESCE(b.charge_band, ''), ''),
      COALESCE(CHR(  31), ''),
      COALESCE(COALESCE(b.age_band, ''), ''),
      COALESCE(CHR(  31), ''),
      COALESCE(COALESCE(b.stay_band, ''), '')
    )
    ELSE ''
  END AS facts
FROM chosen_claims AS c
LEFT JOIN contract_versions AS v
  ON v.version_key = c.version_key
LEFT JOIN claim_drgs AS g
  ON g.claim_key = c.claim_key
LEFT JOIN claim_bands AS b
  ON b.claim_key = c.claim_key;

-- Which of the readmissions its contract asks for each stay is: one of the same patient began on an earlier day and ended
-- so many days before it at most. Stays that overlap are none after one another, nor is one still going on (status 30).
-- A family may share a member number: age and sex, where both claims state them, must fit.
create or replace temporary view claim_readmissions as
SELECT DISTINCT
  f.claim_key,
  r.readmission_key
FROM contract_readmissions AS r
INNER JOIN claim_facts AS f
  ON f.version_key = r.version_key
INNER JOIN known_stays AS s
  ON s.claim_key = f.claim_key
INNER JOIN known_stays AS e
  ON e.member_id = s.member_id
  AND e.admitted < s.admitted
  AND e.discharged <= s.admitted
  AND e.discharged >= e.admitted
  AND DATEDIFF(DAY, e.discharged, s.admitted) <= r.days
LEFT JOIN contract_readmission_drgs AS g
  ON g.readmission_key = r.readmission_key
  AND g.size = LENGTH(e.drg)
  AND e.drg >= g.low
  AND e.drg <= g.high
LEFT JOIN contract_readmission_statuses AS x
  ON x.readmission_key = r.readmission_key AND x.status = e.status
WHERE
  COALESCE(e.sex = s.sex, TRUE)
  AND COALESCE(ABS(s.age - e.age) <= 1, TRUE)
  AND COALESCE(e.status, '') <> '30'
  AND (
    NOT r.same_drg OR (
      e.drg = s.drg AND e.drg <> ''
    )
  )
  AND (
    NOT r.asks_first_drg OR NOT g.readmission_key IS NULL
  )
  AND (
    NOT r.asks_status OR (
      e.status <> '' AND x.readmission_key IS NULL
    )
  )
  AND (
    r.provider = 'any'
    OR (
      r.provider <> 'tin' AND e.npi = s.npi AND e.npi <> ''
    )
    OR (
      r.provider <> 'npi' AND e.tin = s.tin AND e.tin <> ''
    )
  );

-- How the lines look of claims whose version asks about other lines of a claim: each different look once.
create or replace temporary view companion_looks as
SELECT
  MIN(l.line_key) AS look_key,
  f.version_key,
  l.hcpcs_code,
  l.revenue_center_code,
  l.modifiers,
  l.place_of_service_code,
  l.setting,
  l.rendering_npi
FROM (
  SELECT DISTINCT
    version_key
  FROM contract_companions
) AS a
INNER JOIN claim_facts AS f
  ON f.version_key = a.version_key
INNER JOIN service_lines AS l
  ON l.claim_key = f.claim_key
GROUP BY
  f.version_key,
  l.hcpcs_code,
  l.revenue_center_code,
  l.modifiers,
  l.place_of_service_code,
  l.setting,
  l.rendering_npi;

-- What each of those looks has of each thing that may be asked of a line, one value a row, in capitals.
create or replace temporary view companion_values as
WITH of_looks AS (
  SELECT
    look_key,
    version_key,
    'codes' AS attribute,
    hcpcs_code AS value
  FROM companion_looks
  UNION ALL
  SELECT
    look_key,
    version_key,
    'revenue_codes',
    revenue_center_code
  FROM companion_looks
  UNION ALL
  SELECT
    look_key,
    version_key,
    'place_of_service',
    place_of_service_code
  FROM companion_looks
  UNION ALL
  SELECT
    look_key,
    version_key,
    'setting',
    setting
  FROM companion_looks
  UNION ALL
  SELECT
    look_key,
    version_key,
    'rendering_npi',
    rendering_npi
  FROM companion_looks
  UNION ALL
  SELECT
    k.look_key,
    k.version_key,
    'modifiers',
    SPLIT_PART(k.modifiers, ',', n.place)
  FROM companion_looks AS k
  CROSS JOIN (
    SELECT
      1 AS place
    UNION ALL
    SELECT
      2
    UNION ALL
    SELECT
      3
    UNION ALL
    SELECT
      4
  ) AS n
)
SELECT DISTINCT
  look_key,
  version_key,
  attribute,
  UPPER(TRIM(value)) AS value
FROM of_looks
WHERE
  TRIM(value) <> '';

-- Which companions each look is: every condition met, and no negated one.
create or replace temporary view companion_hits as
WITH met AS (
  SELECT
    v.look_key,
    t.companion_key,
    COUNT(DISTINCT CASE WHEN NOT t.negated THEN t.test_key END) AS met,
    COUNT(CASE WHEN t.negated THEN 1 END) AS barred
  FROM companion_values AS v
  INNER JOIN contract_companion_tests AS t
    ON t.version_key = v.version_key AND t.attribute = v.attribute
  INNER JOIN contract_companion_ranges AS r
    ON r.test_key = t.test_key
    AND r.size = LENGTH(v.value)
    AND v.value >= r.low
    AND v.value <= r.high
  GROUP BY
    v.look_key,
    t.companion_key
)
SELECT
  k.look_key,
  c.companion_key
FROM companion_looks AS k
INNER JOIN contract_companions AS c
  ON c.version_key = k.version_key
LEFT JOIN met AS m
  ON m.look_key = k.look_key AND m.companion_key = c.companion_key
WHERE
  COALESCE(m.met, 0) = c.wanted AND COALESCE(m.barred, 0) = 0;

-- Of each claim's diagnoses those its version asks for with their present-on-admission indicator: indicator and code.
create or replace temporary view present_diagnoses as
SELECT DISTINCT
  f.claim_key,
  UPPER(TRIM(d.present_on_admission)) || UPPER(TRIM(d.code)) AS code
FROM contract_present_diagnoses AS v
INNER JOIN claim_facts AS f
  ON f.version_key = v.version_key
INNER JOIN diagnoses AS d
  ON d.claim_key = f.claim_key
  AND d.kind IN ('diagnosis', 'cause')
  AND TRIM(d.present_on_admission) <> ''
INNER JOIN contract_ranges AS r
  ON r.version_key = f.version_key
  AND r.attribute = 'present diagnosis'
  AND r.size = LENGTH(TRIM(d.present_on_admission)) + LENGTH(TRIM(d.code))
  AND UPPER(TRIM(d.present_on_admission)) || UPPER(TRIM(d.code)) >= r.low
  AND UPPER(TRIM(d.present_on_admission)) || UPPER(TRIM(d.code)) <= r.high;

-- The companions each claim has among its lines.
create or replace temporary view claim_companions as
SELECT DISTINCT
  l.claim_key,
  h.companion_key
FROM companion_hits AS h
INNER JOIN companion_looks AS k
  ON k.look_key = h.look_key
INNER JOIN claim_facts AS f
  ON f.version_key = k.version_key
INNER JOIN service_lines AS l
  ON l.claim_key = f.claim_key
  AND l.hcpcs_code IS NOT DISTINCT FROM k.hcpcs_code
  AND l.revenue_center_code IS NOT DISTINCT FROM k.revenue_center_code
  AND l.modifiers IS NOT DISTINCT FROM k.modifiers
  AND l.place_of_service_code IS NOT DISTINCT FROM k.place_of_service_code
  AND l.setting IS NOT DISTINCT FROM k.setting
  AND l.rendering_npi IS NOT DISTINCT FROM k.rendering_npi;

-- Of each claim's diagnoses those that some term of its version asks for.
create or replace temporary view asked_diagnoses as
SELECT DISTINCT
  f.claim_key,
  UPPER(TRIM(d.code)) AS code
FROM contract_diagnoses AS v
INNER JOIN claim_facts AS f
  ON f.version_key = v.version_key
INNER JOIN diagnoses AS d
  ON d.claim_key = f.claim_key AND d.kind IN ('diagnosis', 'cause')
INNER JOIN contract_ranges AS r
  ON r.version_key = f.version_key
  AND r.attribute = 'diagnosis'
  AND r.size = LENGTH(TRIM(d.code))
  AND UPPER(TRIM(d.code)) >= r.low
  AND UPPER(TRIM(d.code)) <= r.high;

-- Each claim's diagnoses that are asked for, the companions it has among its lines and what readmission it is, joined in
-- order: claims alike in these are alike.
create or replace temporary view claim_diagnoses as
SELECT
  claim_key,
  LISTAGG(code, ',') WITHIN GROUP (ORDER BY
    code NULLS LAST) AS diagnoses
FROM (
  SELECT
    claim_key,
    code
  FROM asked_diagnoses
  UNION ALL
  SELECT
    claim_key,
    '!' || code
  FROM present_diagnoses
  UNION ALL
  SELECT
    claim_key,
    '#' || CAST(companion_key AS STRING)
  FROM claim_companions
  UNION ALL
  SELECT
    claim_key,
    '@' || CAST(readmission_key AS STRING)
  FROM claim_readmissions
) AS asked
GROUP BY
  claim_key;

-- Lines that may name a side, whoever's they are: few, so that they are looked for before anything is asked of claims.
create or replace temporary view one_sided_lines as
SELECT
  line_key,
  claim_key,
  COALESCE(claim_line_number, 2147483647) AS line_no,
  service_date,
  hcpcs_code,
  modifiers
FROM service_lines
WHERE
  modifiers <> ''
  AND (
    UPPER(modifiers) LIKE '%RT%' OR UPPER(modifiers) LIKE '%LT%'
  )
  AND TRIM(hcpcs_code) <> ''
  AND EXISTS(
    SELECT
      1
    FROM contract_bilateral_lines
  );

-- Lines of two units of codes that some version pays as both sides by two units, whoever's they are: few, so that they are
-- looked for before anything is asked of claims.
create or replace temporary view two_unit_lines as
SELECT
  v.version_key,
  l.line_key,
  l.claim_key,
  COALESCE(l.modifiers, '') AS modifiers
FROM (
  SELECT DISTINCT
    b.version_key,
    i.code
  FROM contract_bilateral_units AS b
  INNER JOIN contract_terms AS t
    ON t.version_key = b.version_key
  INNER JOIN contract_indicators AS i
    ON i.schedule_key = t.indicator_key AND i.profile_no = b.profile_no
) AS v
INNER JOIN service_lines AS l
  ON l.units = 2 AND UPPER(TRIM(l.hcpcs_code)) = v.code;

-- Lines that are the second side of a procedure, in versions that pay two lines with RT and LT as modifier 50: the same
-- code on the same day of a claim, with the same modifiers but for those that say that services are apart. Of several the
-- first of one side goes with the first of the other. The second side has a modifier more, by which it is paid.
create or replace temporary view second_sides as
WITH mentioned AS (
  SELECT DISTINCT
    l.line_key,
    l.claim_key,
    l.line_no,
    COALESCE(l.service_date, c.contract_day) AS service_day,
    UPPER(TRIM(l.hcpcs_code)) AS code,
    l.modifiers,
    UPPER(TRIM(SPLIT_PART(l.modifiers, ',', n.place))) AS modifier
  FROM one_sided_lines AS l
  INNER JOIN claim_facts AS c
    ON c.claim_key = l.claim_key
  INNER JOIN contract_bilateral_lines AS v
    ON v.version_key = c.version_key
  INNER JOIN (
    SELECT
      1 AS place
    UNION ALL
    SELECT
      2
    UNION ALL
    SELECT
      3
    UNION ALL
    SELECT
      4
  ) AS n
    ON TRIM(SPLIT_PART(l.modifiers, ',', n.place)) <> ''
), sided AS (
  SELECT
    line_key,
    claim_key,
    line_no,
    service_day,
    code,
    modifiers,
    MAX(CASE WHEN modifier IN ('RT', 'LT') THEN modifier END) AS side,
    COALESCE(
      LISTAGG(
        
          CASE
            WHEN NOT modifier IN ('RT', 'LT', '51', '59', 'XE', 'XP', 'XS', 'XU')
            THEN modifier
          END,
          ','
        
      ) WITHIN GROUP (ORDER BY
        modifier NULLS LAST),
      ''
    ) AS others
  FROM mentioned
  GROUP BY
    line_key,
    claim_key,
    line_no,
    service_day,
    code,
    modifiers
  HAVING
    SUM(CASE WHEN modifier IN ('RT', 'LT') THEN 1 ELSE 0 END) = 1
    AND SUM(CASE WHEN modifier = '50' THEN 1 ELSE 0 END) = 0
), numbered AS (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY claim_key, service_day, code, others, side
      ORDER BY line_no NULLS LAST, line_key NULLS LAST
    ) AS nth
  FROM sided
), placed AS (
  SELECT
    *,
    ROW_NUMBER() OVER (
      PARTITION BY claim_key, service_day, code, others, nth
      ORDER BY line_no NULLS LAST, line_key NULLS LAST
    ) AS place,
    MIN(line_key) OVER (PARTITION BY claim_key, service_day, code, others, nth) AS low_key,
    MAX(line_key) OVER (PARTITION BY claim_key, service_day, code, others, nth) AS high_key
  FROM numbered
)
SELECT
  line_key,
  CASE WHEN line_key = low_key THEN high_key ELSE low_key END AS first_key,
  'SECOND SIDE,' || modifiers AS modifiers
FROM placed
WHERE
  place = 2;

-- Lines that tell a side, or both, in another way than by modifier 50, with a modifier more that says so: second sides, and
-- two units on one line without a side. Of these it is asked later whether their code, as it is paid, can be done on both.
create or replace temporary view told_sides as
SELECT
  line_key,
  modifiers
FROM second_sides
UNION ALL
SELECT
  l.line_key,
  'BOTH SIDES,' || l.modifiers
FROM two_unit_lines AS l
INNER JOIN claim_facts AS c
  ON c.claim_key = l.claim_key AND c.version_key = l.version_key
WHERE
  NOT UPPER(TRIM(SPLIT_PART(l.modifiers, ',', 1))) IN ('50', 'RT', 'LT')
  AND NOT UPPER(TRIM(SPLIT_PART(l.modifiers, ',', 2))) IN ('50', 'RT', 'LT')
  AND NOT UPPER(TRIM(SPLIT_PART(l.modifiers, ',', 3))) IN ('50', 'RT', 'LT')
  AND NOT UPPER(TRIM(SPLIT_PART(l.modifiers, ',', 4))) IN ('50', 'RT', 'LT');

-- How lines look, whoever's they are, in what versions ask that ask plainly of lines: code and, where one asks for them,
-- modifiers and setting. A line that tells a side looks both as it was billed and as it tells it: versions may differ in that.
create or replace temporary view plain_looks as
WITH asked AS (
  SELECT
    MAX(CASE WHEN asks_modifiers THEN 1 ELSE 0 END) AS modifiers,
    MAX(CASE WHEN asks_setting THEN 1 ELSE 0 END) AS setting
  FROM contract_versions
  WHERE
    NOT asks_lines
  HAVING
    COUNT(*) > 0
), billed AS (
  SELECT
    line_key,
    hcpcs_code,
    modifiers,
    setting
  FROM service_lines
  UNION ALL
  SELECT
    l.line_key,
    l.hcpcs_code,
    s.modifiers,
    l.setting
  FROM told_sides AS s
  INNER JOIN service_lines AS l
    ON l.line_key = s.line_key
)
SELECT
  l.hcpcs_code,
  CASE WHEN a.modifiers = 1 THEN l.modifiers END AS modifiers,
  CASE WHEN a.setting = 1 THEN l.setting END AS setting,
  MIN(l.line_key) AS first_line_key,
  COUNT(*) AS lines
FROM billed AS l
CROSS JOIN asked AS a
GROUP BY
  l.hcpcs_code,
  CASE WHEN a.modifiers = 1 THEN l.modifiers END,
  CASE WHEN a.setting = 1 THEN l.setting END;

-- Claims of one version that no term tells apart: one class, named after its first claim. A class takes every plain look
-- (`takes_all`) where its version asks plainly, and all classes with all looks are few beside the lines: a
-- service nobody rendered then costs less than asking every line for its claim.
create or replace temporary view claim_classes as
WITH classes AS (
  SELECT
    MIN(f.claim_key) AS class_key,
    f.version_key,
    f.facts,
    d.diagnoses
  FROM claim_facts AS f
  LEFT JOIN claim_diagnoses AS d
    ON d.claim_key = f.claim_key
  WHERE
    NOT f.version_key IS NULL
  GROUP BY
    f.version_key,
    f.facts,
    d.diagnoses
)
SELECT
  c.class_key,
  c.version_key,
  c.facts,
  c.diagnoses,
  NOT v.asks_lines AND n.classes * p.looks * 100 < COALESCE(p.lines, 0) AS takes_all,
  SPLIT_PART(c.facts, CHR(  31), 1) AS drg,
  SPLIT_PART(c.facts, CHR(  31), 2) AS bill_type,
  SPLIT_PART(c.facts, CHR(  31), 3) AS claim_type,
  SPLIT_PART(c.facts, CHR(  31), 4) AS product,
  SPLIT_PART(c.facts, CHR(  31), 5) AS billing_npi,
  SPLIT_PART(c.facts, CHR(  31), 6) AS tin,
  SPLIT_PART(c.facts, CHR(  31), 7) AS charge_band,
  SPLIT_PART(c.facts, CHR(  31), 8) AS age_band,
  SPLIT_PART(c.facts, CHR(  31), 9) AS stay_band
FROM classes AS c
INNER JOIN contract_versions AS v
  ON v.version_key = c.version_key
CROSS JOIN (
  SELECT
    COUNT(*) AS classes
  FROM classes
) AS n
CROSS JOIN (
  SELECT
    COUNT(*) AS looks,
    SUM(lines) AS lines
  FROM plain_looks
) AS p;

-- The class of each claim that has a contract.
create or replace temporary view classed_claims as
SELECT
  f.claim_key,
  k.class_key,
  f.contract_day
FROM claim_facts AS f
LEFT JOIN claim_diagnoses AS d
  ON d.claim_key = f.claim_key
INNER JOIN claim_classes AS k
  ON k.version_key = f.version_key
  AND k.facts = f.facts
  AND k.diagnoses IS NOT DISTINCT FROM d.diagnoses;

-- The bands of charge and invoice that each line falls in, by the thresholds its version names.
-- the invoice of one unit, without dividing
create or replace temporary view line_bands as
SELECT
  l.line_key,
  b.band AS charge_band,
  i.band AS invoice_band
FROM classed_claims AS c
INNER JOIN claim_classes AS k
  ON k.class_key = c.class_key
INNER JOIN (
  SELECT DISTINCT
    version_key
  FROM contract_line_bands
) AS v
  ON v.version_key = k.version_key
INNER JOIN service_lines AS l
  ON l.claim_key = c.claim_key
LEFT JOIN contract_line_bands AS b
  ON b.version_key = k.version_key
  AND b.measure = 'charge'
  AND l.charge_amount >= b.low
  AND l.charge_amount < b.high
LEFT JOIN contract_line_bands AS i
  ON i.version_key = k.version_key
  AND i.measure = 'invoice'
  AND ABS(l.invoice_amount) < 1000000000000
  AND l.invoice_amount >= CAST(i.low AS DECIMAL(19, 2)) * CASE WHEN l.units > 0 THEN l.units ELSE 1 END
  AND l.invoice_amount < CAST(i.high AS DECIMAL(19, 2)) * CASE WHEN l.units > 0 THEN l.units ELSE 1 END;

-- Each line with its claim's class and what the version's terms ask about a line: lines of a class alike in `look` (the
-- code, with its modifiers where they are asked for), `setting` and `facts` (all else, as one text with a separator no code
-- holds) are alike to every term. What the version does not ask is left empty.
create or replace temporary view line_facts as
SELECT
  l.line_key,
  l.claim_key,
  c.class_key,
  v.takes_all,
  v.version_key,
  COALESCE(l.claim_line_number, 2147483647) AS line_no,
  COALESCE(l.service_date, c.contract_day) AS service_day,
  COALESCE(l.units, 1) AS units,
  CASE WHEN ABS(l.charge_amount) < 1000000000000 THEN l.charge_amount END AS charge_amount,
  CASE
    WHEN v.asks_modifiers AND COALESCE(s.modifiers, l.modifiers) <> ''
    THEN COALESCE(l.hcpcs_code, '') || CHR(  31) || COALESCE(s.modifiers, l.modifiers)
    ELSE COALESCE(l.hcpcs_code, '')
  END AS look,
  CASE WHEN v.asks_setting THEN COALESCE(l.setting, '') ELSE '' END AS setting,
  CASE
    WHEN v.asks_lines
    THEN CONCAT(
      COALESCE(COALESCE(CASE WHEN v.asks_revenue_codes THEN l.revenue_center_code END, ''), ''),
      COALESCE(CHR(  31), ''),
      COALESCE(
        COALESCE(CASE WHEN v.asks_place_of_service THEN l.place_of_service_code END, ''),
        ''
      ),
      COALESCE(CHR(  31), ''),
      COALESCE(COALESCE(CASE WHEN v.asks_rendering_npi THEN l.rendering_npi END, ''), ''),
      COALESCE(CHR(  31), ''),
      COALESCE(COALESCE(b.charge_band, ''), ''),
      COALESCE(CHR(  31), ''),
      COALESCE(COALESCE(b.invoice_band, ''), '')
    )
    ELSE ''
  END AS facts
FROM service_lines AS l
INNER JOIN classed_claims AS c
  ON c.claim_key = l.claim_key
INNER JOIN (
  SELECT
    k.class_key,
    k.takes_all,
    v.*
  FROM claim_classes AS k
  INNER JOIN contract_versions AS v
    ON v.version_key = k.version_key
) AS v
  ON v.class_key = c.class_key
LEFT JOIN line_bands AS b
  ON b.line_key = l.line_key
LEFT JOIN told_sides AS s
  ON s.line_key = l.line_key;

-- Every plain look for each class that takes all, in the form of line facts, with the first line that has it.
create or replace temporary view class_looks as
SELECT
  c.class_key,
  c.version_key,
  p.first_line_key,
  CASE
    WHEN v.asks_modifiers AND p.modifiers <> ''
    THEN COALESCE(p.hcpcs_code, '') || CHR(  31) || p.modifiers
    ELSE COALESCE(p.hcpcs_code, '')
  END AS look,
  CASE WHEN v.asks_setting THEN COALESCE(p.setting, '') ELSE '' END AS setting
FROM claim_classes AS c
INNER JOIN contract_versions AS v
  ON v.version_key = c.version_key
CROSS JOIN plain_looks AS p
WHERE
  c.takes_all;

-- Lines that no term tells apart, whatever their day, units and charge: one service, numbered by class and first line. Of
-- classes that do not take all looks the lines are asked.
create or replace temporary view services as
WITH taken AS (
  SELECT
    class_key,
    version_key,
    look,
    setting,
    '' AS facts,
    MIN(first_line_key) AS first_line_key
  FROM class_looks
  GROUP BY
    class_key,
    version_key,
    look,
    setting
  UNION ALL
  SELECT
    class_key,
    version_key,
    look,
    setting,
    facts,
    MIN(line_key)
  FROM line_facts
  WHERE
    NOT takes_all
  GROUP BY
    class_key,
    version_key,
    look,
    setting,
    facts
)
SELECT
  ROW_NUMBER() OVER (ORDER BY class_key NULLS LAST, first_line_key NULLS LAST) AS service_key,
  class_key,
  version_key,
  look,
  setting,
  facts,
  SPLIT_PART(look, CHR(  31), 1) AS code,
  SPLIT_PART(look, CHR(  31), 2) AS modifiers,
  SPLIT_PART(facts, CHR(  31), 1) AS revenue_code,
  SPLIT_PART(facts, CHR(  31), 2) AS place_of_service,
  SPLIT_PART(facts, CHR(  31), 3) AS rendering_npi,
  SPLIT_PART(facts, CHR(  31), 4) AS charge_band,
  SPLIT_PART(facts, CHR(  31), 5) AS invoice_band
FROM taken;

-- The service of each line.
create or replace temporary view service_lines_matched as
SELECT
  l.line_key,
  l.claim_key,
  l.version_key,
  l.line_no,
  l.service_day,
  l.units,
  l.charge_amount,
  s.service_key
FROM line_facts AS l
INNER JOIN services AS s
  ON s.class_key = l.class_key
  AND s.look = l.look
  AND s.setting = l.setting
  AND s.facts = l.facts;

-- The modifiers of each service, each once, with the place of its first mention (a claim has room for four; that it is
-- a second side, or both, may stand before them).
create or replace temporary view service_modifiers as
SELECT
  s.service_key,
  s.version_key,
  UPPER(TRIM(SPLIT_PART(s.modifiers, ',', n.place))) AS modifier,
  MIN(n.place) AS place
FROM services AS s
INNER JOIN (
  SELECT
    1 AS place
  UNION ALL
  SELECT
    2
  UNION ALL
  SELECT
    3
  UNION ALL
  SELECT
    4
  UNION ALL
  SELECT
    5
) AS n
  ON TRIM(SPLIT_PART(s.modifiers, ',', n.place)) <> ''
GROUP BY
  s.service_key,
  s.version_key,
  UPPER(TRIM(SPLIT_PART(s.modifiers, ',', n.place)));

-- What each service has of each thing a term can ask for, one value a row, in capitals; what it lacks has no row.
create or replace temporary view service_values as
WITH of_lines AS (
  SELECT
    service_key,
    version_key,
    'codes' AS attribute,
    code AS value
  FROM services
  UNION ALL
  SELECT
    service_key,
    version_key,
    'revenue_codes',
    revenue_code
  FROM services
  UNION ALL
  SELECT
    service_key,
    version_key,
    'modifiers',
    modifier
  FROM service_modifiers
  UNION ALL
  SELECT
    service_key,
    version_key,
    'place_of_service',
    place_of_service
  FROM services
  UNION ALL
  SELECT
    service_key,
    version_key,
    'setting',
    setting
  FROM services
  UNION ALL
  SELECT
    service_key,
    version_key,
    'rendering_npi',
    rendering_npi
  FROM services
  UNION ALL
  SELECT
    service_key,
    version_key,
    'charge',
    charge_band
  FROM services
  UNION ALL
  SELECT
    service_key,
    version_key,
    'invoice',
    invoice_band
  FROM services
), of_claims AS (
  SELECT
    class_key,
    'drg' AS attribute,
    drg AS value
  FROM claim_classes
  UNION ALL
  SELECT
    class_key,
    'bill_type',
    bill_type
  FROM claim_classes
  UNION ALL
  SELECT
    class_key,
    'claim_type',
    claim_type
  FROM claim_classes
  UNION ALL
  SELECT
    class_key,
    'product',
    product
  FROM claim_classes
  UNION ALL
  SELECT
    class_key,
    'billing_npi',
    billing_npi
  FROM claim_classes
  UNION ALL
  SELECT
    class_key,
    'tin',
    REPLACE(REPLACE(tin, '-', ''), ' ', '')
  FROM claim_classes
  UNION ALL
  SELECT
    class_key,
    'claim_charge',
    charge_band
  FROM claim_classes
  UNION ALL
  SELECT
    class_key,
    'age',
    age_band
  FROM claim_classes
  UNION ALL
  SELECT
    class_key,
    'length_of_stay',
    stay_band
  FROM claim_classes
  UNION ALL
  SELECT
    k.class_key,
    'companions',
    CAST(d.companion_key AS STRING)
  FROM claim_classes AS k
  INNER JOIN claim_companions AS d
    ON d.claim_key = k.class_key
  UNION ALL
  SELECT
    k.class_key,
    'present diagnosis',
    p.code
  FROM claim_classes AS k
  INNER JOIN present_diagnoses AS p
    ON p.claim_key = k.class_key
  UNION ALL
  SELECT
    k.class_key,
    'readmission',
    CAST(r.readmission_key AS STRING)
  FROM claim_classes AS k
  INNER JOIN claim_readmissions AS r
    ON r.claim_key = k.class_key
  UNION ALL
  SELECT
    k.class_key,
    'diagnosis',
    d.code
  FROM claim_classes AS k
  INNER JOIN diagnoses AS d
    ON d.claim_key = k.class_key AND d.kind IN ('diagnosis', 'cause')
  WHERE
    NOT k.diagnoses IS NULL
)
SELECT DISTINCT
  service_key,
  version_key,
  attribute,
  UPPER(TRIM(value)) AS value
FROM of_lines
WHERE
  TRIM(value) <> ''
UNION
SELECT
  s.service_key,
  s.version_key,
  c.attribute,
  UPPER(TRIM(c.value))
FROM of_claims AS c
INNER JOIN services AS s
  ON s.class_key = c.class_key
WHERE
  TRIM(c.value) <> '';
