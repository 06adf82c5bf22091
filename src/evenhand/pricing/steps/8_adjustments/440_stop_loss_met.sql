-- kept
-- needs contract_stop_losses
-- The first trigger a claim meets, or the first rule that cannot be judged because a charge is missing.
with judged as (
    select
        *, (needs_charges and uncharged > 0) or growth is null as unknown,
        (not has_charge_threshold or coalesce(charge_amount > charge_threshold, false))
        and (not needs_stay or coalesce(length_of_stay > stay_over, false))
        and (under_share is null or charge_amount < under_amount) as met
    from stop_loss_thresholds
),
ranked as (
    select *, row_number() over (partition by claim_key order by rule_no, alternative_key) as nth
    from judged
    where met or unknown
)
select *, coalesce(charge_threshold, under_amount) as threshold_amount from ranked where nth = 1
