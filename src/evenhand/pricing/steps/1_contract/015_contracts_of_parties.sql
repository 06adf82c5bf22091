-- Every contract that names the payer of a claim, and every rental network's that the claim went through.
select p.party_key, n.contract_no
from claim_parties as p
inner join contract_parties as n on n.kind = 'payer' and n.value = lower(replace(p.payer, ' ', ''))
union
select p.party_key, n.contract_no
from claim_parties as p
inner join contract_parties as n on n.kind = 'payer_id' and n.value = p.payer_id
union
select p.party_key, n.contract_no
from party_values as p
inner join contract_parties as n on n.kind = 'network' and n.value = p.value
where p.kind = 'network' and p.known = 1
