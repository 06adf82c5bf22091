-- needs contract_transfers
-- Cases that end in a transfer: the share of the price they have earned by their last night, where it is not all of it.
select c.claim_key, s.factor, f.length_of_stay is null as undated
from claim_terms as c
inner join drg_rates as r on r.claim_key = c.claim_key and r.term_key = c.term_key
inner join claim_stays as f on f.claim_key = c.claim_key
inner join contract_transfers as t on t.term_key = c.term_key and t.status = trim(f.discharge_status)
inner join contract_drgs as d
    on d.rate_key = r.rate_key and d.gmlos is not null and d.transfer <> 'none' and (not t.post_acute or d.transfer in ('post-acute', 'special'))
left join contract_transfer_shares as s
    on s.gmlos = d.gmlos and s.nights = f.length_of_stay and s.special = (t.post_acute and d.transfer = 'special')
