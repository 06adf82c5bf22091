-- Each line with its claim's class and what the version's terms ask about a line: lines of a class alike in `look` (the
-- code, with its modifiers where they are asked for), `setting` and `facts` (all else, as one text with a separator no code
-- holds) are alike to every term. What the version does not ask is left empty.
select
    l.line_key, l.claim_key, c.class_key, v.takes_all, v.version_key,
    coalesce(l.claim_line_number, 2147483647) as line_no,
    coalesce(l.service_date, c.contract_day) as service_day,
    coalesce(l.units, 1) as units,
    -- a charge of a trillion dollars or more is no charge anyone made
    case when abs(l.charge_amount) < 1000000000000 then l.charge_amount end as charge_amount,
    case
        when v.asks_modifiers and coalesce(s.modifiers, l.modifiers) <> ''
            then coalesce(l.hcpcs_code, '') || chr(31) || coalesce(s.modifiers, l.modifiers)
        else coalesce(l.hcpcs_code, '')
    end as look,
    case when v.asks_setting then coalesce(l.setting, '') else '' end as setting,
    case
        when v.asks_lines
            then concat(
                coalesce(case when v.asks_revenue_codes then l.revenue_center_code end, ''), chr(31),
                coalesce(case when v.asks_place_of_service then l.place_of_service_code end, ''), chr(31),
                coalesce(case when v.asks_rendering_npi then l.rendering_npi end, ''), chr(31),
                coalesce(b.charge_band, ''), chr(31), coalesce(b.invoice_band, '')
            )
        else ''
    end as facts
from service_lines as l
inner join classed_claims as c on c.claim_key = l.claim_key
inner join (
    select k.class_key, k.takes_all, v.*
    from claim_classes as k
    inner join contract_versions as v on v.version_key = k.version_key
) as v on v.class_key = c.class_key
left join line_bands as b on b.line_key = l.line_key
left join told_sides as s on s.line_key = l.line_key
