-- kept
-- needs contract_families
-- Lines of an endoscopy family (a base and what goes beyond it) that are billed together, by their place in it: the
-- highest first, the base last; both sides of a procedure have one place. A line alone in its family, or its base alone,
-- is a procedure like any other.
with stated as (
    select s.service_key, k.ranking_key, min(k.base) as base
    from services as s
    inner join contract_family_codes as k
        on k.size = length(trim(s.code)) and k.low <= upper(trim(s.code)) and k.high >= upper(trim(s.code))
    group by s.service_key, k.ranking_key
),
listed as (
    select
        f.*, coalesce(d.first_key, f.line_key) as side_key, a.apart, a.ranking_key, coalesce(w.weight, 0) as weight,
        upper(trim(s.code)) as code,
        case when r.by_claim then null else f.service_day end as ranked_day,
        case when m.by_table then coalesce(i.endo_base, upper(trim(s.code))) else c.base end as base
    from contract_families as m
    inner join contract_rankings as r on r.ranking_key = m.ranking_key
    inner join answers as a on a.ranking_key = m.ranking_key
    inner join services as s on s.service_key = a.service_key
    inner join line_fees as f on f.answer_key = a.answer_key and f.fee_amount > 0
    left join contract_indicators as i on i.indicator_no = a.indicator_no and i.indicator_no <> 0
    left join stated as c on c.service_key = a.service_key and c.ranking_key = m.ranking_key
    left join answer_weights as w on w.answer_key = f.answer_key
    left join ranked_sides as d on d.line_key = f.line_key
    left join included_lines as n on n.line_key = f.line_key
    left join unpaid_beside as b on b.line_key = f.line_key
    where n.line_key is null and b.line_key is null
),
sided as (
    select *,
        sum(fee_amount) over (partition by side_key) as sides_fee,
        max(case when line_key = side_key then weight end) over (partition by side_key) as sides_weight,
        max(case when line_key = side_key then line_no end) over (partition by side_key) as sides_line_no
    from listed
    where base is not null
),
placed as (
    select *,
        sum(case when code <> base then 1 else 0 end) over (partition by claim_key, ranking_key, apart, ranked_day, base) as beyond,
        sum(case when line_key = side_key then 1 else 0 end) over (
            partition by claim_key, ranking_key, apart, ranked_day, base
        ) as together,
        dense_rank() over (
            partition by claim_key, ranking_key, apart, ranked_day, base
            order by case when code = base then 1 else 0 end, sides_weight desc, sides_fee desc, sides_line_no, side_key
        ) as place
    from sided
)
select * from placed where beyond > 0 and together > 1
