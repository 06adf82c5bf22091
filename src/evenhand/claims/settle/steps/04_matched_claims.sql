-- kept
-- Which submitted claim a remittance claim answers. The provider's claim number must be equal, but providers reuse
-- numbers: days that do not meet, or another provider, rule a claim out. Among those left the best agreement in charge,
-- days, member, provider and payer wins; then the lower key.
with candidates as (
    select
        e.remit_claim_key, c.claim_key,
        case when c.charge_amount = e.billed_amount then 1 else 0 end as same_charge,
        case when e.first_day <= c.last_day and c.claim_start_date <= e.last_day then 1 else 0 end as same_days,
        case when c.member_id = e.member_id then 1 else 0 end as same_member,
        case when c.billing_npi = e.payee_npi or c.billing_tin = e.payee_tin then 1 else 0 end as same_provider,
        case when c.sequence_no = coalesce(e.stated_sequence_no, 1) then 1 else 0 end as same_sequence,
        case when c.payer_key = e.payer_key then 1 else 0 end as same_payer
    from remit_events as e
    join kept_claims as c on c.claim_number = e.claim_number
    where coalesce(e.first_day <= c.last_day and c.claim_start_date <= e.last_day, true)
        and not coalesce(c.billing_npi <> e.payee_npi and c.billing_tin <> e.payee_tin, false)
),
ranked as (
    select
        remit_claim_key, claim_key,
        row_number() over (
            partition by remit_claim_key
            order by
                same_charge desc, same_days desc, same_member desc, same_provider desc, same_sequence desc,
                same_payer desc, claim_key
        ) as rank_no
    from candidates
)
select remit_claim_key, claim_key
from ranked
where rank_no = 1
