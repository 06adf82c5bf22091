-- kept
-- needs contract_paid_alone or contract_anesthesia_sessions
-- Lines that are paid with another, and why. Those paid only by themselves, beside another of their claim and day that the
-- same table pays: two such lines alone do not take each other's payment away. And the lesser codes of a session of
-- anaesthesia.
with asked as (
    select distinct a.answer_key, t.schedule
    from contract_paid_alone as r
    inner join matches as m on m.selector_key = -r.alone_key
    inner join answers as a on a.service_key = m.service_key and a.method in ('fee_schedule', 'percent_of')
    inner join contract_terms as t on t.term_key = a.term_key
    left join contract_alone_profiles as p on p.alone_key = r.alone_key and p.profile_no = a.profile_no
    where p.alone_key is not null or not r.by_profile
),
alone as (
    select f.line_key, f.claim_key, f.service_day, q.schedule
    from asked as q
    inner join line_fees as f on f.answer_key = q.answer_key and f.fee_amount > 0
    left join included_lines as n on n.line_key = f.line_key
    where n.line_key is null
),
-- what the same claims have besides
others as (
    select distinct f.claim_key, f.service_day, t.schedule
    from (select distinct claim_key from alone) as c
    inner join line_fees as f on f.claim_key = c.claim_key and f.fee_amount > 0
    inner join answers as a on a.answer_key = f.answer_key and a.method in ('fee_schedule', 'percent_of')
    inner join contract_terms as t on t.term_key = a.term_key
    inner join (select distinct version_key from contract_paid_alone) as v on v.version_key = a.version_key
    left join asked as q on q.answer_key = f.answer_key
    left join included_lines as n on n.line_key = f.line_key
    where q.answer_key is null and n.line_key is null
)
select p.line_key, 'paid alone' as reason
from alone as p
inner join others as o on o.claim_key = p.claim_key and o.service_day = p.service_day and o.schedule = p.schedule
union all
select s.line_key, 'session'
from anesthesia_sessions as s
left join included_lines as n on n.line_key = s.line_key
where s.line_key <> s.head_key and n.line_key is null
