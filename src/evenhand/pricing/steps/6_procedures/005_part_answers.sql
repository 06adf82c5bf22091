-- kept
-- needs contract_parts
-- The answers of rankings of parts, and what each is: the professional or the technical part of a service, or the whole;
-- with the amount its code is reduced to, and what one unit is paid where units may be ranked one by one.
select
    a.answer_key, a.ranking_key, case when a.apart then 1 else 0 end as apart, r.by_claim,
    upper(trim(s.code)) as code,
    case
        when m.professional = 1 or i.pctc = '2' then 'professional'
        when m.technical = 1 or i.pctc = '3' then 'technical'
        else 'whole'
    end as kind,
    case when upper(trim(s.setting)) = 'FACILITY' then i.reduced_facility else i.reduced_office end as reduced_amount,
    a.most_units,
    -- one by one only where a unit is paid in whole cents
    case
        when r.each_unit and a.per = 'unit'
            then coalesce(a.unit_fee, case when a.unit_rate is not null then cast(a.held_fee as decimal(18, 2)) end)
    end as unit_fee
from contract_rankings as r
inner join answers as a on a.ranking_key = r.ranking_key
inner join services as s on s.service_key = a.service_key
left join contract_indicators as i on i.indicator_no = a.indicator_no and i.indicator_no <> 0
left join (
    select
        service_key, max(case when modifier = '26' then 1 end) as professional,
        max(case when modifier = 'TC' then 1 end) as technical
    from service_modifiers
    group by service_key
) as m on m.service_key = a.service_key
where r.by_part
