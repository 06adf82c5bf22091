-- needs contract_rankings
-- Each line that is ranked, and how many ranks it takes: one, or one for each unit where the contract ranks units. Of a
-- family its first line is ranked, for all of it.
with ranked as (
    select
        f.line_key, f.claim_key, f.line_no, f.units, f.charge_amount, f.answer_key, f.fee_amount,
        a.ranking_key, a.apart, coalesce(w.weight, 0) as weight,
        -- one by one only where a unit is paid in whole cents
        coalesce(a.unit_fee, case when a.unit_rate is not null then cast(a.held_fee as decimal(18, 2)) end) as unit_fee,
        case when r.by_claim then null else f.service_day end as ranked_day,
        case
            when r.each_unit and p.line_key is null
                then case when f.units > a.most_units then a.most_units else f.units end
        end as paid_units,
        p.total_amount
    from line_fees as f
    inner join answers as a on a.answer_key = f.answer_key
    inner join contract_rankings as r on r.ranking_key = a.ranking_key and not r.by_part
    left join answer_weights as w on w.answer_key = f.answer_key
    left join included_lines as i on i.line_key = f.line_key
    left join family_fees as p on p.line_key = f.line_key
    left join unpaid_beside as b on b.line_key = f.line_key
    -- of neither, said at once: said twice, engines guess that hardly a line is left
    where f.ranks and f.fee_amount > 0 and coalesce(i.line_key, b.line_key) is null
        and (p.line_key is null or p.line_key = p.head_key)
),
counted as (
    select *,
        case
            when unit_fee is not null and paid_units >= 1 and paid_units < 10000 and round(paid_units, 0) = paid_units
                then paid_units
            else cast(1 as decimal(18, 3))
        end as entries
    from ranked
)
select *, case when entries > 1 then unit_fee else coalesce(total_amount, fee_amount) end as entry_fee from counted
