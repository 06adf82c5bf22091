-- kept
-- needs contract_parts
-- What is taken from each line, and the place of each part it is taken from among those of its kind.
select
    line_key, cast(sum(cut_amount) as decimal(18, 2)) as cut_amount,
    max(case when part = 'practice expense' then place end) as practice_expense,
    max(case when part = 'professional' then place end) as professional,
    max(case when part = 'technical' then place end) as technical
from part_cuts
where cut_amount <> 0
group by line_key
