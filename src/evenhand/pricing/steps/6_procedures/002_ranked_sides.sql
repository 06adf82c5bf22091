-- kept
-- needs contract_bilateral_lines
-- Second sides that are ranked together with the first: one term pays both, and both fall under one ranking of lines.
select s.line_key, s.first_key
from second_sides as s
inner join line_fees as f on f.line_key = s.line_key and f.ranks and f.fee_amount > 0
inner join line_fees as g on g.line_key = s.first_key and g.ranks and g.fee_amount > 0
inner join answers as a on a.answer_key = f.answer_key
inner join answers as b
    on b.answer_key = g.answer_key and b.term_key = a.term_key and b.ranking_key = a.ranking_key and b.apart = a.apart
inner join contract_rankings as r on r.ranking_key = a.ranking_key and not r.by_part
inner join contract_terms as t on t.term_key = a.term_key and t.once_key is null
left join included_lines as i on i.line_key = s.line_key
left join included_lines as j on j.line_key = s.first_key
left join unpaid_beside as m on m.line_key = s.line_key
left join unpaid_beside as n on n.line_key = s.first_key
where i.line_key is null and j.line_key is null and m.line_key is null and n.line_key is null
