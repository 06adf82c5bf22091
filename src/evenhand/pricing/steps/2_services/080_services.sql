-- kept
-- Lines that no term tells apart, whatever their day, units and charge: one service, numbered by class and first line. Of
-- classes that do not take all looks the lines are asked.
with taken as (
    select class_key, version_key, look, setting, '' as facts, min(first_line_key) as first_line_key
    from class_looks
    group by class_key, version_key, look, setting
    union all
    select class_key, version_key, look, setting, facts, min(line_key)
    from line_facts
    where not takes_all
    group by class_key, version_key, look, setting, facts
)
select
    row_number() over (order by class_key, first_line_key) as service_key, class_key, version_key, look, setting, facts,
    split_part(look, chr(31), 1) as code, split_part(look, chr(31), 2) as modifiers,
    split_part(facts, chr(31), 1) as revenue_code, split_part(facts, chr(31), 2) as place_of_service,
    split_part(facts, chr(31), 3) as rendering_npi, split_part(facts, chr(31), 4) as charge_band,
    split_part(facts, chr(31), 5) as invoice_band
from taken
