-- kept
-- needs contract_indicators
-- What one unit of a service weighs where procedures are ranked by relative value: that of its setting.
select
    a.answer_key,
    coalesce(case when upper(trim(s.setting)) = 'FACILITY' then i.rvu_facility else i.rvu_office end, 0) as weight
from answers as a
inner join contract_rankings as r on r.ranking_key = a.ranking_key and r.by_rvu
inner join services as s on s.service_key = a.service_key
inner join contract_indicators as i on i.indicator_no = a.indicator_no and i.indicator_no <> 0
