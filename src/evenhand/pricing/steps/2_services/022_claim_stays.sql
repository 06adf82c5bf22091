-- kept
-- needs contract_claim_terms or contract_adjusters
-- The stay of each claim that has a contract: how long, and how it ended.
select claim_key, contract_day, length_of_stay, discharge_status from chosen_claims where version_key is not null
