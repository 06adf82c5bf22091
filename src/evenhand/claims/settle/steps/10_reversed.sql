-- kept
-- Which payment each reversal takes back: one of the same claim and payer that came before it, tied by the payer's
-- claim number or by mirrored amounts; tied both ways first, then by number, then the latest. Reports of one
-- day in different remittances have no order, so there only mirrored amounts speak.
with pairs as (
    select
        r.remit_claim_key as reversal_key, p.remit_claim_key, p.sort_day,
        case when p.payer_claim_number in (r.payer_claim_number, r.original_payer_claim_number) then 1 else 0 end
            as linked,
        case when p.charge_amount = -r.charge_amount and p.paid_amount = -r.paid_amount then 1 else 0 end as mirrored,
        case
            when p.sort_day < r.sort_day then 1
            when p.remit_key = r.remit_key and p.remit_claim_key < r.remit_claim_key then 1
            else 0
        end as before
    from claim_events as r
    join claim_events as p on p.claim_key = r.claim_key and p.payer_key = r.payer_key
    where r.event = 'reversal'
        and p.event = 'adjudication'
        and (p.sort_day < r.sort_day or (p.sort_day = r.sort_day
            and (p.remit_key <> r.remit_key or p.remit_claim_key < r.remit_claim_key)))
),
ranked as (
    select *, row_number() over (
            partition by reversal_key
            order by linked + mirrored desc, linked desc, sort_day desc, remit_claim_key desc
        ) as rank_no
    from pairs
    where mirrored = 1 or (linked = 1 and before = 1)
)
select distinct remit_claim_key
from ranked
where rank_no = 1
