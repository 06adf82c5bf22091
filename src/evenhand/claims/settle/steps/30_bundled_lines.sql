-- kept
-- Billed lines without an answer whose charges were added to another line of the claim: what the answered lines
-- were charged too much is exactly what the unanswered ones were billed. They are bundled into the line with the
-- largest surplus.
with answered as (
    select
        l.claim_key, l.line_key, min(m.remit_line_key) as remit_line_key,
        sum(r.charge_amount) - min(l.charge_amount) as surplus
    from claim_lines_to_match as l
    join line_matches as m on m.line_key = l.line_key
    join remit_lines_to_match as r on r.remit_line_key = m.remit_line_key
    group by l.claim_key, l.line_key
),
unanswered as (
    select l.claim_key, l.line_key, sum(l.charge_amount) over (partition by l.claim_key) as missing_charge
    from claim_lines_to_match as l
    left join line_matches as m on m.line_key = l.line_key
    where m.line_key is null
),
bundles as (
    select
        a.*, sum(a.surplus) over (partition by a.claim_key) as claim_surplus,
        row_number() over (partition by a.claim_key order by a.surplus desc, a.line_key) as rank_no
    from answered as a
    where a.claim_key in (select claim_key from unanswered)
)
select u.line_key, b.remit_line_key
from unanswered as u
join bundles as b on b.claim_key = u.claim_key and b.rank_no = 1 and b.claim_surplus = u.missing_charge
where b.surplus > 0
