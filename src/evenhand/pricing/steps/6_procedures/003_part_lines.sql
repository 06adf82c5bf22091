-- kept
-- needs contract_parts
-- Lines of rankings of parts, and what each is: the professional or the technical part of a service, or the whole.
-- `uncontested`: alone in its ranking, with one unit, where the first rank is paid in full: nothing can be taken from it.
with listed as (
    select
        f.line_key, f.claim_key, f.line_no, f.service_day, f.units, f.charge_amount, f.answer_key, f.fee_amount,
        a.ranking_key, a.apart, upper(trim(s.code)) as code,
        case when r.by_claim then null else f.service_day end as ranked_day,
        case
            when m.professional = 1 or i.pctc = '2' then 'professional'
            when m.technical = 1 or i.pctc = '3' then 'technical'
            else 'whole'
        end as kind,
        case when upper(trim(s.setting)) = 'FACILITY' then i.reduced_facility else i.reduced_office end as reduced_amount,
        -- one by one only where a unit is paid in whole cents
        coalesce(a.unit_fee, case when a.unit_rate is not null then cast(a.held_fee as decimal(18, 2)) end) as unit_fee,
        case
            when r.each_unit and a.per = 'unit' then case when f.units > a.most_units then a.most_units else f.units end
        end as paid_units
    from contract_rankings as r
    inner join answers as a on a.ranking_key = r.ranking_key
    inner join services as s on s.service_key = a.service_key
    inner join line_fees as f on f.answer_key = a.answer_key and f.fee_amount > 0
    left join contract_indicators as i on i.indicator_no = a.indicator_no and i.indicator_no <> 0
    left join (
        select
            service_key, max(case when modifier = '26' then 1 end) as professional,
            max(case when modifier = 'TC' then 1 end) as technical
        from service_modifiers
        group by service_key
    ) as m on m.service_key = a.service_key
    left join included_lines as n on n.line_key = f.line_key
    left join unpaid_beside as b on b.line_key = f.line_key
    where r.by_part and n.line_key is null and b.line_key is null
)
select
    l.*,
    count(*) over (partition by l.claim_key, l.ranking_key, l.apart, l.ranked_day) = 1
    and coalesce(l.paid_units, 1) <= 1 and c.ranking_key is null as uncontested
from listed as l
left join (select distinct ranking_key from contract_parts where first_rank <= 1 and factor <> 1) as c
    on c.ranking_key = l.ranking_key
