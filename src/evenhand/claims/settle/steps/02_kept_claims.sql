-- kept
-- The same claim submitted in two files counts once. Another payer, charge, day or frequency code makes it
-- another claim.
with numbered as (
    select
        c.*,
        trim(c.claim_id) as claim_number,
        coalesce(c.payer_id, c.payer, '') as payer_key,
        coalesce(c.claim_frequency, '1') as frequency,
        coalesce(c.claim_end_date, c.claim_start_date) as last_day,
        case c.payer_sequence when 'S' then 2 when 'T' then 3 else 1 end as sequence_no,
        row_number() over (
            partition by
                trim(c.claim_id), c.billing_npi, c.payer_id, c.payer, c.payer_sequence, c.charge_amount,
                c.claim_start_date, c.claim_end_date, c.claim_frequency, c.original_claim_id,
                case when c.claim_id is null then c.claim_key end
            order by c.claim_key
        ) as copy_no
    from claims as c
)
select *
from numbered
where copy_no = 1
