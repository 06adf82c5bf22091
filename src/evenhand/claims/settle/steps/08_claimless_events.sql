-- kept
-- Remittance claims with no claim on file. Those of one provider with the same claim number, charge and first day
-- belong together (payment, reversal, correction, second payer) and become one claim. Its key is -1 minus the lowest
-- remittance claim key of the group: never the key of a submitted claim.
with unmatched as (
    select
        e.remit_claim_key, e.claim_number, e.billed_amount, e.payee_key,
        coalesce(
            e.first_day,
            min(e.first_day) over (partition by e.claim_number, e.billed_amount, e.payee_key)
        ) as first_day
    from remit_events as e
    left join matched_claims as m on m.remit_claim_key = e.remit_claim_key
    where m.claim_key is null
)
select
    remit_claim_key,
    -1 - min(remit_claim_key) over (
        partition by
            claim_number, billed_amount, payee_key, first_day,
            case when claim_number is null then remit_claim_key end
    ) as claim_key
from unmatched
