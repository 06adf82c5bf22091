-- kept
-- needs contract_bilateral_lines
-- Lines that are the second side of a procedure, in versions that pay two lines with RT and LT as modifier 50: the same
-- code on the same day of a claim, with the same modifiers but for those that say that services are apart. Of several the
-- first of one side goes with the first of the other. The second side has a modifier more, by which it is paid.
with mentioned as (
    select distinct
        l.line_key, l.claim_key, l.line_no,
        coalesce(l.service_date, c.contract_day) as service_day, upper(trim(l.hcpcs_code)) as code, l.modifiers,
        upper(trim(split_part(l.modifiers, ',', n.place))) as modifier
    from one_sided_lines as l
    inner join claim_facts as c on c.claim_key = l.claim_key
    inner join contract_bilateral_lines as v on v.version_key = c.version_key
    inner join (select 1 as place union all select 2 union all select 3 union all select 4) as n
        on trim(split_part(l.modifiers, ',', n.place)) <> ''
),
sided as (
    select
        line_key, claim_key, line_no, service_day, code, modifiers,
        max(case when modifier in ('RT', 'LT') then modifier end) as side,
        coalesce(string_agg(
            case when modifier not in ('RT', 'LT', '51', '59', 'XE', 'XP', 'XS', 'XU') then modifier end, ','
            order by modifier
        ), '') as others
    from mentioned
    group by line_key, claim_key, line_no, service_day, code, modifiers
    having sum(case when modifier in ('RT', 'LT') then 1 else 0 end) = 1
    and sum(case when modifier = '50' then 1 else 0 end) = 0
),
numbered as (
    select *,
        row_number() over (
            partition by claim_key, service_day, code, others, side order by line_no, line_key
        ) as nth
    from sided
),
placed as (
    select *,
        row_number() over (partition by claim_key, service_day, code, others, nth order by line_no, line_key) as place,
        min(line_key) over (partition by claim_key, service_day, code, others, nth) as low_key,
        max(line_key) over (partition by claim_key, service_day, code, others, nth) as high_key
    from numbered
)
select
    line_key, case when line_key = low_key then high_key else low_key end as first_key,
    'SECOND SIDE,' || modifiers as modifiers
from placed
where place = 2
