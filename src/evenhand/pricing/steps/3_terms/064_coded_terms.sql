-- kept
-- The winning terms with what their table of indicators says of the code, cut again where that changes.
select
    w.service_key, w.term_key, w.basis_amount, w.rate_modifier,
    coalesce(i.indicator_no, 0) as indicator_no, coalesce(i.profile_no, 0) as profile_no,
    case when t.indicator_day is null and i.from_day > w.from_day then i.from_day else w.from_day end as from_day,
    case when t.indicator_day is null and i.to_day < w.to_day then i.to_day else w.to_day end as to_day
from winning_terms as w
left join contract_terms as t on t.term_key = w.term_key
inner join services as s on s.service_key = w.service_key
left join contract_indicators as i
    on i.schedule_key = t.indicator_key and i.code = upper(trim(s.code))
    and i.to_day > coalesce(t.indicator_day, w.from_day)
    and (i.from_day < w.to_day and t.indicator_day is null or i.from_day <= t.indicator_day)
