-- needs contract_stop_loss_services
-- Thresholds by service: the first entry that covers a line of the claim, else the one for all others.
with found as (
    select
        c.claim_key, t.alternative_key, t.charges_over,
        row_number() over (partition by c.claim_key, t.alternative_key order by t.place, t.threshold_key) as nth
    from stop_loss_sums as c
    inner join contract_stop_loss_services as t on t.version_key = c.version_key
    left join stop_loss_scopes as s on s.claim_key = c.claim_key and s.selector_key = t.selector_key
    where t.selector_key is null or s.claim_key is not null
)
select claim_key, alternative_key, charges_over from found where nth = 1
