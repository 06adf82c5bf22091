-- kept
-- needs contract_anesthesia_sessions
-- Of terms that pay one code for a session: the line with the most base units among those of one anaesthetist, claim and
-- day, and the time of all. A nurse (QX, QZ) and the physician have a session each. Without the time of one line, that of
-- all is not known.
with nurses as (select distinct service_key from service_modifiers where modifier in ('QX', 'QZ')),
headed as (
    select
        t.line_key, t.minutes, t.billed_units,
        first_value(t.line_key) over (
            partition by
                t.claim_key, t.service_day, a.term_key, upper(trim(coalesce(t.rendering_npi, ''))), n.service_key is null
            order by a.basis_amount desc, t.line_no, t.line_key
        ) as head_key
    from contract_anesthesia_sessions as c
    inner join answers as a on a.term_key = c.term_key
    inner join anesthesia_times as t on t.answer_key = a.answer_key
    left join nurses as n on n.service_key = a.service_key
)
select
    line_key, head_key,
    case
        when count(minutes) over (partition by head_key) = count(*) over (partition by head_key)
            then sum(minutes) over (partition by head_key)
    end as minutes,
    sum(billed_units) over (partition by head_key) as billed_units
from headed
