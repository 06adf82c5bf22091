-- kept
-- needs contract_level_codes
-- Room lines (revenue codes 0100 to 0219) no level of the claim's term names: a per diem does not hold their days.
select f.line_key
from claim_terms as c
inner join (select distinct term_key from contract_level_codes) as t on t.term_key = c.term_key
inner join line_fees as f on f.claim_key = c.claim_key
inner join answers as a on a.answer_key = f.answer_key
inner join services as s on s.service_key = a.service_key
left join contract_level_codes as g
    on g.term_key = c.term_key and length(trim(s.revenue_code)) = 4
    and trim(s.revenue_code) >= g.low and trim(s.revenue_code) <= g.high
where g.term_key is null and length(trim(s.revenue_code)) = 4
    and trim(s.revenue_code) >= '0100' and trim(s.revenue_code) <= '0219'
