-- kept
-- What each service has of each thing a term can ask for, one value a row, in capitals; what it lacks has no row.
with of_lines as (
    select service_key, version_key, 'codes' as attribute, code as value from services
    union all select service_key, version_key, 'revenue_codes', revenue_code from services
    union all select service_key, version_key, 'modifiers', modifier from service_modifiers
    union all select service_key, version_key, 'place_of_service', place_of_service from services
    union all select service_key, version_key, 'setting', setting from services
    union all select service_key, version_key, 'rendering_npi', rendering_npi from services
    union all select service_key, version_key, 'charge', charge_band from services
    union all select service_key, version_key, 'invoice', invoice_band from services
),
of_claims as (
    select class_key, 'drg' as attribute, drg as value from claim_classes
    union all select class_key, 'bill_type', bill_type from claim_classes
    union all select class_key, 'claim_type', claim_type from claim_classes
    union all select class_key, 'product', product from claim_classes
    union all select class_key, 'billing_npi', billing_npi from claim_classes
    union all select class_key, 'tin', replace(replace(tin, '-', ''), ' ', '') from claim_classes
    union all select class_key, 'claim_charge', charge_band from claim_classes
    union all select class_key, 'age', age_band from claim_classes
    union all select class_key, 'length_of_stay', stay_band from claim_classes
    union all
    select k.class_key, 'companions', cast(d.companion_key as varchar)
    from claim_classes as k
    inner join claim_companions as d on d.claim_key = k.class_key
    union all
    select k.class_key, 'present diagnosis', p.code
    from claim_classes as k
    inner join present_diagnoses as p on p.claim_key = k.class_key
    union all
    select k.class_key, 'readmission', cast(r.readmission_key as varchar)
    from claim_classes as k
    inner join claim_readmissions as r on r.claim_key = k.class_key
    union all
    select k.class_key, 'diagnosis', d.code
    from claim_classes as k
    inner join diagnoses as d on d.claim_key = k.class_key and d.kind in ('diagnosis', 'cause')
    where k.diagnoses is not null
)
select distinct service_key, version_key, attribute, upper(trim(value)) as value
from of_lines
where trim(value) <> ''
union
select s.service_key, s.version_key, c.attribute, upper(trim(c.value))
from of_claims as c
inner join services as s on s.class_key = c.class_key
where trim(c.value) <> ''
