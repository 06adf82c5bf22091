-- Each claim with the day that chooses its contract unless a contract says otherwise (admission of a facility stay, else
-- the first day of service); and in `asked`, as one text, what only some contracts ask about a claim: network, plan and
-- group, site, other days. Where none asks it is empty, so that claims stay as alike as they are.
create or replace temporary view claim_sides as
SELECT
  c.*,
  CASE
    WHEN c.claim_type = 'institutional'
    THEN COALESCE(c.admission_date, c.claim_start_date)
    ELSE c.claim_start_date
  END AS usual_day,
  CASE
    WHEN q.plans OR q.sites OR q.days
    THEN CONCAT(
      COALESCE(COALESCE(CASE WHEN q.networks THEN c.network END, ''), ''),
      COALESCE(CHR(  31), ''),
      COALESCE(COALESCE(CASE WHEN q.plans THEN c.plan END, ''), ''),
      COALESCE(CHR(  31), ''),
      COALESCE(COALESCE(CASE WHEN q.plans THEN c.group_number END, ''), ''),
      COALESCE(CHR(  31), ''),
      COALESCE(COALESCE(CASE WHEN q.sites THEN c.site_npi END, ''), ''),
      COALESCE(CHR(  31), ''),
      COALESCE(COALESCE(CASE WHEN q.sites THEN c.place_of_service_code END, ''), ''),
      COALESCE(CHR(  31), ''),
      COALESCE(COALESCE(CASE WHEN q.days THEN CAST(c.claim_start_date AS VARCHAR) END, ''), ''),
      COALESCE(CHR(  31), ''),
      COALESCE(
        COALESCE(
          CASE
            WHEN q.days AND c.claim_type = 'institutional'
            THEN CAST(COALESCE(c.discharge_date, c.claim_end_date) AS VARCHAR)
          END,
          ''
        ),
        ''
      )
    )
    WHEN q.networks
    THEN COALESCE(c.network, '') || CHR(  31)
    ELSE ''
  END AS asked
FROM service_claims AS c
CROSS JOIN contract_questions AS q;

-- Who stands on each side of a claim, and what else chooses its contract: each combination once.
create or replace temporary table claim_parties as
SELECT
  MIN(claim_key) AS party_key,
  payer,
  payer_id,
  product,
  billing_npi,
  billing_tin,
  usual_day,
  asked
FROM claim_sides
GROUP BY
  payer,
  payer_id,
  product,
  billing_npi,
  billing_tin,
  usual_day,
  asked;

-- What is known of network, plan and site, in the form contracts are compared in. A claim that names no network has the
-- network `none`: that a contract may list, and yet it is not known.
create or replace temporary view party_values as
WITH told AS (
  SELECT
    party_key,
    'network' AS scope,
    'network' AS kind,
    SPLIT_PART(asked, CHR(  31), 1) AS said
  FROM claim_parties
  WHERE
    asked <> ''
  UNION ALL
  SELECT
    party_key,
    'plan' AS scope,
    'plan' AS kind,
    SPLIT_PART(asked, CHR(  31), 2) AS said
  FROM claim_parties
  WHERE
    asked <> ''
  UNION ALL
  SELECT
    party_key,
    'plan' AS scope,
    'plan' AS kind,
    SPLIT_PART(asked, CHR(  31), 3) AS said
  FROM claim_parties
  WHERE
    asked <> ''
  UNION ALL
  SELECT
    party_key,
    'site' AS scope,
    'npi' AS kind,
    SPLIT_PART(asked, CHR(  31), 4) AS said
  FROM claim_parties
  WHERE
    asked <> ''
  UNION ALL
  SELECT
    party_key,
    'site' AS scope,
    'place' AS kind,
    SPLIT_PART(asked, CHR(  31), 5) AS said
  FROM claim_parties
  WHERE
    asked <> ''
), plainly AS (
  SELECT
    party_key,
    scope,
    kind,
    LOWER(REPLACE(said, ' ', '')) AS said
  FROM told
)
SELECT
  party_key,
  scope,
  kind,
  CASE WHEN kind = 'network' AND said = '' THEN 'none' ELSE said END AS value,
  CASE WHEN said = '' THEN 0 ELSE 1 END AS known
FROM plainly;

-- Every contract that names the payer of a claim, and every rental network's that the claim went through.
create or replace temporary view contracts_of_parties as
SELECT
  p.party_key,
  n.contract_no
FROM claim_parties AS p
INNER JOIN contract_parties AS n
  ON n.kind = 'payer' AND n.value = LOWER(REPLACE(p.payer, ' ', ''))
UNION
SELECT
  p.party_key,
  n.contract_no
FROM claim_parties AS p
INNER JOIN contract_parties AS n
  ON n.kind = 'payer_id' AND n.value = p.payer_id
UNION
SELECT
  p.party_key,
  n.contract_no
FROM party_values AS p
INNER JOIN contract_parties AS n
  ON n.kind = 'network' AND n.value = p.value
WHERE
  p.kind = 'network' AND p.known = 1;

-- These with the day each goes by and its version of that day. The days are the sixth and seventh part of `asked`.
create or replace temporary table versions_considered as
WITH dated AS (
  SELECT
    p.*,
    c.contract_no,
    c.contract,
    c.precedence,
    c.lists_tins,
    c.lists_npis,
    CASE
      WHEN c.chosen_by = 'admission'
      THEN p.usual_day
      WHEN c.chosen_by = 'discharge' AND SPLIT_PART(p.asked, CHR(  31), 7) <> ''
      THEN CAST(SPLIT_PART(p.asked, CHR(  31), 7) AS DATE)
      WHEN SPLIT_PART(p.asked, CHR(  31), 6) <> ''
      THEN CAST(SPLIT_PART(p.asked, CHR(  31), 6) AS DATE)
    END AS contract_day
  FROM contracts_of_parties AS o
  INNER JOIN claim_parties AS p
    ON p.party_key = o.party_key
  INNER JOIN contracts_listed AS c
    ON c.contract_no = o.contract_no
)
SELECT
  d.*,
  v.version_key,
  v.lists_products
FROM dated AS d
LEFT JOIN contract_versions AS v
  ON v.contract_no = d.contract_no
  AND d.contract_day >= v.from_day
  AND d.contract_day < v.to_day;

-- Where a version lists networks, plans or sites: whether the claim's are known, and are among them.
create or replace temporary table scope_answers as
SELECT
  o.party_key,
  o.version_key,
  k.scope,
  MAX(CASE WHEN p.known = 1 THEN 1 ELSE 0 END) AS known,
  MAX(CASE WHEN NOT s.value IS NULL THEN 1 ELSE 0 END) AS covered
FROM versions_considered AS o
INNER JOIN (
  SELECT DISTINCT
    version_key,
    scope,
    kind
  FROM contract_scopes
) AS k
  ON k.version_key = o.version_key
INNER JOIN party_values AS p
  ON p.party_key = o.party_key AND p.scope = k.scope AND p.kind = k.kind
LEFT JOIN contract_scopes AS s
  ON s.version_key = o.version_key
  AND s.scope = k.scope
  AND s.kind = k.kind
  AND s.value = p.value
GROUP BY
  o.party_key,
  o.version_key,
  k.scope;

-- Whether provider and product are known (null: the contract lists none) and are among the contract's.
-- A number the contract lists and the claim lacks proves nothing; one that both have decides.
create or replace temporary view parties_and_products as
SELECT
  o.party_key,
  o.contract_no,
  o.contract,
  o.precedence,
  o.version_key,
  o.contract_day,
  o.product,
  SPLIT_PART(o.asked, CHR(  31), 1) AS network,
  CASE
    WHEN o.lists_tins AND o.billing_tin <> '' OR o.lists_npis AND o.billing_npi <> ''
    THEN 1
    WHEN o.lists_tins OR o.lists_npis
    THEN 0
  END AS provider_known,
  CASE WHEN NOT tin.value IS NULL OR NOT npi.value IS NULL THEN 1 ELSE 0 END AS provider_covered,
  CASE
    WHEN o.lists_products AND o.product <> ''
    THEN 1
    WHEN o.lists_products
    THEN 0
  END AS product_known,
  CASE WHEN NOT covered.product IS NULL THEN 1 ELSE 0 END AS product_covered
FROM versions_considered AS o
LEFT JOIN contract_parties AS tin
  ON tin.contract_no = o.contract_no
  AND tin.kind = 'tin'
  AND tin.value = REPLACE(REPLACE(o.billing_tin, '-', ''), ' ', '')
  AND o.billing_tin <> ''
LEFT JOIN contract_parties AS npi
  ON npi.contract_no = o.contract_no
  AND npi.kind = 'npi'
  AND npi.value = o.billing_npi
  AND o.billing_npi <> ''
LEFT JOIN contract_products AS covered
  ON covered.version_key = o.version_key
  AND covered.product = LOWER(REPLACE(o.product, ' ', ''));

-- Each with why it does not fit; or, where it fits as far as is known, with what is not known (`doubt`), and whether
-- the contract needs to know (`must_know`).
create or replace temporary table contracts_considered as
SELECT
  o.party_key,
  o.contract_no,
  o.contract,
  o.precedence,
  o.version_key,
  o.contract_day,
  CASE
    WHEN o.provider_known = 1 AND o.provider_covered = 0
    THEN 'not its provider'
    WHEN o.contract_day IS NULL
    THEN 'the claim has no date'
    WHEN o.version_key IS NULL
    THEN 'not in force on ' || CAST(o.contract_day AS VARCHAR)
    WHEN o.product_known = 1 AND o.product_covered = 0
    THEN 'does not cover ' || o.product
    WHEN n.known = 1 AND n.covered = 0
    THEN 'does not cover the network ' || o.network
    WHEN g.known = 1 AND g.covered = 0
    THEN 'does not cover its plan'
    WHEN s.known = 1 AND s.covered = 0
    THEN 'does not cover its site'
  END AS why_not,
  CASE
    WHEN n.known = 0 AND n.covered = 0
    THEN 'the claim names no network'
    WHEN g.known = 0 AND g.covered = 0
    THEN 'the claim names no plan'
    WHEN s.known = 0 AND s.covered = 0
    THEN 'the claim names no site'
    WHEN o.product_known = 0
    THEN 'the claim names no product'
    WHEN o.provider_known = 0
    THEN 'the claim has no number of its provider'
  END AS doubt,
  CASE
    WHEN n.known = 0
    AND n.covered = 0
    OR g.known = 0
    AND g.covered = 0
    OR s.known = 0
    AND s.covered = 0
    THEN 1
    ELSE 0
  END AS must_know
FROM parties_and_products AS o
LEFT JOIN scope_answers AS n
  ON n.party_key = o.party_key
  AND n.version_key = o.version_key
  AND n.scope = 'network'
LEFT JOIN scope_answers AS g
  ON g.party_key = o.party_key AND g.version_key = o.version_key AND g.scope = 'plan'
LEFT JOIN scope_answers AS s
  ON s.party_key = o.party_key AND s.version_key = o.version_key AND s.scope = 'site';

-- Of the contracts that fit as far as is known: how many, how many of them come first by precedence, and whether one is
-- chosen: the only one, or the only first one when nothing about it is in doubt.
create or replace temporary table contracts_first as
WITH ranked AS (
  SELECT
    *,
    MIN(CASE WHEN why_not IS NULL THEN precedence END) OVER (PARTITION BY party_key) AS first_precedence
  FROM contracts_considered
), counted AS (
  SELECT
    party_key,
    SUM(CASE WHEN why_not IS NULL THEN 1 ELSE 0 END) AS fitting,
    SUM(CASE WHEN why_not IS NULL THEN must_know ELSE 0 END) AS needing,
    SUM(CASE WHEN why_not IS NULL AND precedence = first_precedence THEN 1 ELSE 0 END) AS foremost,
    SUM(
      CASE
        WHEN why_not IS NULL AND precedence = first_precedence AND doubt IS NULL
        THEN 1
        ELSE 0
      END
    ) AS sure,
    MAX(CASE WHEN why_not IS NULL AND precedence = first_precedence THEN contract_no END) AS contract_no,
    SUM(CASE WHEN why_not = 'the claim has no date' THEN 1 ELSE 0 END) AS dateless
  FROM ranked
  GROUP BY
    party_key
)
SELECT
  party_key,
  fitting,
  dateless,
  CASE
    WHEN fitting = 1 AND needing = 0 OR foremost = 1 AND sure = 1
    THEN contract_no
  END AS chosen_no
FROM counted;

-- One contract is chosen, or the outcome says why none is. The others are named with the reason.
create or replace temporary table contract_choices as
WITH told AS (
  SELECT
    w.party_key,
    LISTAGG(
      
        w.contract || ': ' || COALESCE(
          w.why_not,
          COALESCE('might fit (' || w.doubt || ')', 'fits as well') || CASE WHEN n.chosen_no IS NULL THEN '' ELSE ', later in precedence' END
        ),
        '; '
      
    ) WITHIN GROUP (ORDER BY
      w.contract_no) AS runners_up
  FROM contracts_considered AS w
  INNER JOIN contracts_first AS n
    ON n.party_key = w.party_key
  WHERE
    n.chosen_no IS NULL OR w.contract_no <> n.chosen_no
  GROUP BY
    w.party_key
)
SELECT
  p.party_key,
  p.payer,
  p.payer_id,
  p.product,
  p.billing_npi,
  p.billing_tin,
  p.usual_day,
  p.asked,
  c.version_key,
  COALESCE(c.contract_day, p.usual_day) AS contract_day,
  CASE
    WHEN NOT c.version_key IS NULL
    THEN NULL
    WHEN n.fitting > 1
    THEN 'ambiguous contract'
    WHEN n.fitting = 1
    THEN 'undecided contract'
    WHEN n.dateless > 0
    THEN 'no date'
    ELSE 'no contract'
  END AS outcome,
  CASE
    WHEN n.party_key IS NULL
    THEN 'no contract names this payer'
    ELSE t.runners_up
  END AS runners_up
FROM claim_parties AS p
LEFT JOIN contracts_first AS n
  ON n.party_key = p.party_key
LEFT JOIN contracts_considered AS c
  ON c.party_key = p.party_key AND c.contract_no = n.chosen_no
LEFT JOIN told AS t
  ON t.party_key = p.party_key;
