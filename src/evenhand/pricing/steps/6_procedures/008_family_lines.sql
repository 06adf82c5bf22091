-- kept
-- needs contract_families
-- Lines of an endoscopy family (a base and what goes beyond it) that are billed together, by their place in it: the
-- highest first, the base last; both sides of a procedure have one place. A line alone in its family, or its base alone,
-- is a procedure like any other.
with listed as (
    select
        f.*, coalesce(d.first_key, f.line_key) as side_key, a.apart, a.ranking_key, a.weight, a.code,
        case when a.by_claim then null else f.service_day end as ranked_day, a.base
    from family_answers as a
    inner join line_fees as f on f.answer_key = a.answer_key and f.fee_amount > 0
    left join ranked_sides as d on d.line_key = f.line_key
    left join included_lines as n on n.line_key = f.line_key
    left join unpaid_beside as b on b.line_key = f.line_key
    where n.line_key is null and b.line_key is null
),
-- two lines that are both sides stand where the first would, for what both come to
paired as (
    select
        l.line_key, f.weight as sides_weight, f.line_no as sides_line_no,
        cast(f.fee_amount + s.fee_amount as decimal(38, 2)) as sides_fee
    from ranked_sides as d
    inner join listed as f on f.line_key = d.first_key
    inner join listed as s on s.line_key = d.line_key
    inner join listed as l on l.side_key = d.first_key
),
sided as (
    select l.*,
        coalesce(p.sides_fee, l.fee_amount) as sides_fee, coalesce(p.sides_weight, l.weight) as sides_weight,
        coalesce(p.sides_line_no, l.line_no) as sides_line_no
    from listed as l
    left join paired as p on p.line_key = l.line_key
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
        ) as place,
        first_value(side_key) over (
            partition by claim_key, ranking_key, apart, ranked_day, base
            order by case when code = base then 1 else 0 end, sides_weight desc, sides_fee desc, sides_line_no, side_key
        ) as head_key
    from sided
)
select * from placed where beyond > 0 and together > 1
