-- kept
-- Claims of one version that no term tells apart: one class, named after its first claim. A class takes every plain look
-- (`takes_all`) where its version asks plainly, and all classes with all looks are few beside the lines: a
-- service nobody rendered then costs less than asking every line for its claim.
with classes as (
    select min(f.claim_key) as class_key, f.version_key, f.facts, d.diagnoses
    from claim_facts as f
    left join claim_diagnoses as d on d.claim_key = f.claim_key
    where f.version_key is not null
    group by f.version_key, f.facts, d.diagnoses
)
select
    c.class_key, c.version_key, c.facts, c.diagnoses,
    not v.asks_lines and n.classes * p.looks * 100 < coalesce(p.lines, 0) as takes_all,
    split_part(c.facts, chr(31), 1) as drg, split_part(c.facts, chr(31), 2) as bill_type,
    split_part(c.facts, chr(31), 3) as claim_type, split_part(c.facts, chr(31), 4) as product,
    split_part(c.facts, chr(31), 5) as billing_npi, split_part(c.facts, chr(31), 6) as tin,
    split_part(c.facts, chr(31), 7) as charge_band, split_part(c.facts, chr(31), 8) as age_band,
    split_part(c.facts, chr(31), 9) as stay_band
from classes as c
inner join contract_versions as v on v.version_key = c.version_key
cross join (select count(*) as classes from classes) as n
cross join (select count(*) as looks, sum(lines) as lines from plain_looks) as p
