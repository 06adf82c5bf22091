-- kept
-- needs contract_families
-- The answers that can be of an endoscopy family, and of which: by the contract's own list of codes, or by the table, which
-- names the base of each code. A code that goes beyond none, and that none goes beyond, has no family.
with stated as (
    select s.service_key, k.ranking_key, min(k.base) as base
    from services as s
    inner join contract_family_codes as k
        on k.size = length(trim(s.code)) and k.low <= upper(trim(s.code)) and k.high >= upper(trim(s.code))
    group by s.service_key, k.ranking_key
),
coded as (
    select
        a.answer_key, a.ranking_key, a.apart, r.by_claim, m.by_table, upper(trim(s.code)) as code,
        case when m.by_table then i.endo_base else c.base end as base
    from contract_families as m
    inner join contract_rankings as r on r.ranking_key = m.ranking_key
    inner join answers as a on a.ranking_key = m.ranking_key
    inner join services as s on s.service_key = a.service_key
    left join contract_indicators as i on i.indicator_no = a.indicator_no and i.indicator_no <> 0
    left join stated as c on c.service_key = a.service_key and c.ranking_key = m.ranking_key
),
bases as (select distinct ranking_key, base from coded where base is not null)
select
    c.answer_key, c.ranking_key, c.apart, c.by_claim, c.code, coalesce(c.base, b.base) as base, coalesce(w.weight, 0) as weight
from coded as c
left join bases as b on c.by_table and b.ranking_key = c.ranking_key and b.base = c.code
left join answer_weights as w on w.answer_key = c.answer_key
where coalesce(c.base, b.base) is not null
