-- needs contract_average_stays
-- Days a stay must exceed: so many times the mean stay of its DRG, as the table says that pays the claim.
with long as (
    select
        c.claim_key, a.alternative_key,
        cast(a.times * case when a.mean = 'gmlos' then d.gmlos else d.amlos end as decimal(18, 8)) as stay_over
    from contract_average_stays as a
    inner join stop_loss_sums as c on c.version_key = a.version_key
    inner join claim_prices as p on p.claim_key = c.claim_key and p.outcome = 'priced'
    inner join drg_rates as r on r.claim_key = p.claim_key and r.term_key = p.term_key
    inner join contract_drgs as d on d.rate_key = r.rate_key
)
select claim_key, alternative_key, stay_over, cast(floor(stay_over) as decimal(9, 0)) as stay_floor from long
