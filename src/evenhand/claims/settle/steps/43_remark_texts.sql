-- kept
-- All remark codes of a line as one text.
with codes as (
    select distinct m.line_key, r.code
    from remarks as r
    join line_matches as m on m.remit_line_key = r.remit_line_key
    where r.code is not null
)
select line_key, string_agg(code, ' ' order by code) as remarks
from codes
group by line_key
