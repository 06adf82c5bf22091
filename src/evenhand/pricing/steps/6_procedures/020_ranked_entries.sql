-- kept
-- needs contract_rankings
-- The highest relative value or fee first: each line's place among those it is ranked with.
select
    line_key, claim_key, line_no, units, charge_amount, answer_key, fee_amount, ranking_key, apart, ranked_day, entries,
    entry_fee,
    row_number() over (
        partition by claim_key, ranking_key, apart, ranked_day order by weight desc, entry_fee desc, line_no, line_key
    ) as procedure_rank
from ranking_entries
