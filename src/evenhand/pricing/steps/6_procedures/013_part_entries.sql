-- needs contract_parts
-- The parts of each line that are ranked, and what each is paid in full. A whole is split by the rate of its technical part,
-- or else of its professional one, and the rest is the other; without either it has no parts. The practice expense is what
-- the reduced amount lacks.
with known as (
    select
        l.line_key, l.claim_key, l.line_no, l.ranking_key, l.apart, l.ranked_day, l.kind, l.entries,
        case when l.entries > 1 then l.unit_fee else l.fee_amount end as entry_fee,
        case
            when l.entries > 1 or l.paid_units = 1 or t.by_line then t.whole_fee
            else cast(round(t.unit_fee * l.paid_units, 2) as decimal(38, 2))
        end as technical,
        case
            when l.entries > 1 or l.paid_units = 1 or p.by_line then p.whole_fee
            else cast(round(p.unit_fee * l.paid_units, 2) as decimal(38, 2))
        end as professional,
        case
            when l.entries > 1 or l.paid_units = 1 or r.by_line then r.whole_fee
            else cast(round(r.unit_fee * l.paid_units, 2) as decimal(38, 2))
        end as reduced
    from part_lines as l
    left join sought_fees as t
        on t.answer_key = l.answer_key and t.way = 'TC' and l.service_day >= t.from_day and l.service_day < t.to_day
    left join sought_fees as p
        on p.answer_key = l.answer_key and p.way = '26' and l.service_day >= p.from_day and l.service_day < p.to_day
    left join sought_fees as r
        on r.answer_key = l.answer_key and r.way = 'reduced' and l.service_day >= r.from_day and l.service_day < r.to_day
),
held as (
    select
        line_key, claim_key, line_no, ranking_key, apart, ranked_day, kind, entries, entry_fee,
        case when technical > entry_fee then entry_fee else technical end as technical,
        case when professional > entry_fee then entry_fee else professional end as professional,
        case when reduced > entry_fee then entry_fee else reduced end as reduced
    from known
)
select
    h.line_key, h.claim_key, h.line_no, p.part_key, p.part_key * 2 + h.apart as pool_key, h.ranked_day, h.entries,
    cast(case
        when p.part = 'practice expense' then h.entry_fee - h.reduced
        when h.kind = p.part then h.entry_fee
        when h.kind <> 'whole' then null
        when p.part = 'technical' then coalesce(h.technical, h.entry_fee - h.professional)
        when p.part = 'professional' then coalesce(h.entry_fee - h.technical, h.professional)
    end as decimal(18, 2)) as amount
from held as h
inner join (select distinct part_key, ranking_key, part from contract_parts) as p on p.ranking_key = h.ranking_key
