-- A claim of frequency 7 replaces, of frequency 8 voids, an earlier claim: the one with the same claim number and
-- payer whose days it meets (for a void: with the same charge), or the one the payer's number in REF*F8 was given to.
select
    earlier.claim_key, later.claim_key as later_key, later.frequency
from kept_claims as later
join kept_claims as earlier
    on earlier.claim_number = later.claim_number and earlier.payer_key = later.payer_key
where later.frequency in ('7', '8')
    and earlier.frequency <> '8'
    and (earlier.frequency <> '7' or later.frequency = '8' or earlier.claim_key < later.claim_key)
    and earlier.claim_key <> later.claim_key
    and (later.frequency = '7' or earlier.charge_amount = later.charge_amount)
    and coalesce(earlier.claim_start_date <= later.last_day and later.claim_start_date <= earlier.last_day, true)
union
select
    earlier.claim_key, later.claim_key as later_key, later.frequency
from kept_claims as later
join remit_events as e on e.payer_claim_number = later.original_claim_id and e.event <> 'reversal'
join matched_claims as m on m.remit_claim_key = e.remit_claim_key
join kept_claims as earlier on earlier.claim_key = m.claim_key
where later.frequency in ('7', '8')
    and earlier.frequency <> '8'
    and earlier.payer_key = later.payer_key
    and (earlier.frequency <> '7' or later.frequency = '8' or earlier.claim_key < later.claim_key)
    and earlier.claim_key <> later.claim_key
