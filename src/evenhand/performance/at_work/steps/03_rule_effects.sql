-- kept
-- What each rule makes of each line it touches: the sum without it, all else as it is, and the sum with it.
-- A fee that these steps do not rebuild to the cent is not taken apart.
select line_key, claim_key, contract_id, term, 'lesser-of' as rule, fee_amount as without_amount, expected_amount as with_amount
from asked_lines
where lesser_of is not null
union all
select line_key, claim_key, contract_id, term, 'multiple procedures', unranked_fee, fee_amount
from rate_fees
where procedure_factor <> 1 and fee_amount = cast(round(unranked_fee * procedure_factor, 2) as decimal(18, 2))
union all
select line_key, claim_key, contract_id, term, 'modifiers', unmodified_fee, fee_amount
from rate_fees
where modifier_factor <> 1 and fee_amount = cast(round(unranked_fee * procedure_factor, 2) as decimal(18, 2))
union all
select line_key, claim_key, contract_id, term, 'escalator', unescalated_fee, fee_amount
from rate_fees
where escalation <> 1 and fee_amount = cast(round(unranked_fee * procedure_factor, 2) as decimal(18, 2))
