-- kept
-- The events of each claim, the one that settles it first. The first payer in turn comes before the second; what
-- stands before what was taken back; a real decision before 'duplicate of a claim already decided'; then the latest.
with duplicates as (
    select distinct a.remit_claim_key
    from adjustments as a
    join adjustment_reasons as r on r.reason_code = a.reason_code
    where r.kind = 'duplicate' and a.amount <> 0
),
marked as (
    select
        e.*, s.sequence_no,
        case
            when e.event = 'adjudication' and t.remit_claim_key is null then 1
            when e.event = 'adjudication' then 2
            when e.event = 'reversal' then 3
            when e.event = 'predetermination' then 4
            else 5
        end as standing_no,
        case when d.remit_claim_key is not null and e.paid_amount = 0 then 1 else 0 end as is_duplicate
    from claim_events as e
    join sequences as s on s.remit_claim_key = e.remit_claim_key
    left join reversed as t on t.remit_claim_key = e.remit_claim_key
    left join duplicates as d on d.remit_claim_key = e.remit_claim_key
)
select
    *,
    row_number() over (
        partition by claim_key
        order by
            case when standing_no <= 3 then 1 else 2 end, sequence_no, standing_no, is_duplicate,
            sort_day desc, remit_claim_key desc
    ) as rank_no
from marked
