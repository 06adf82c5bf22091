-- kept
-- needs contract_adjusters
-- The priced lines of claims whose contract adjusts claims as a whole; of no other claim. `carved` lines are paid in
-- addition to the rate of the claim, `protected` ones take part in a stop-loss.
with settled as (
    select
        p.line_key, p.claim_key, p.version_key, p.service_key, p.line_no, p.place, p.claim_term_key,
        coalesce(p.claim_term_key, p.term_key) as term_key, p.charge_amount, p.expected_amount, t.carve_out,
        p.place is null and p.outcome = 'included' as packaged,
        max(case when p.place is not null then 1 else 0 end) over (partition by p.claim_key) as has_claim_price
    from line_prices as p
    inner join (select distinct version_key from contract_adjusters) as r on r.version_key = p.version_key
    left join contract_terms as t on t.term_key = p.term_key
    where p.outcome in ('priced', 'included')
),
lines as (
    select
        s.line_key, s.claim_key, s.version_key, s.line_no, s.service_key, f.service_day, s.place, s.claim_term_key,
        s.term_key, s.charge_amount, s.expected_amount, s.packaged,
        s.place is null and (coalesce(s.carve_out, false) or s.has_claim_price = 1) as carved,
        coalesce(t.counts_to_stop_loss, true) as protected
    from settled as s
    inner join line_fees as f on f.line_key = s.line_key
    left join contract_terms as t on t.term_key = s.term_key
)
select *, row_number() over (partition by claim_key, carved, protected order by line_no, line_key) as nth from lines
