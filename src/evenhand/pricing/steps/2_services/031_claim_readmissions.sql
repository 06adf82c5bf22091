-- kept
-- needs contract_readmissions
-- Which of the readmissions its contract asks for each stay is: one of the same patient began on an earlier day and ended
-- so many days before it at most. Stays that overlap are none after one another, nor is one still going on (status 30).
-- A family may share a member number: age and sex, where both claims state them, must fit.
select distinct f.claim_key, r.readmission_key
from contract_readmissions as r
inner join claim_facts as f on f.version_key = r.version_key
inner join known_stays as s on s.claim_key = f.claim_key
inner join known_stays as e
    on e.member_id = s.member_id and e.admitted < s.admitted and e.discharged <= s.admitted
    and e.discharged >= e.admitted and date_diff('day', e.discharged, s.admitted) <= r.days
left join contract_readmission_drgs as g
    on g.readmission_key = r.readmission_key and g.size = length(e.drg) and e.drg >= g.low and e.drg <= g.high
left join contract_readmission_statuses as x
    on x.readmission_key = r.readmission_key and x.status = e.status
where coalesce(e.sex = s.sex, true) and coalesce(abs(s.age - e.age) <= 1, true) and coalesce(e.status, '') <> '30'
    and (not r.same_drg or (e.drg = s.drg and e.drg <> ''))
    and (not r.asks_first_drg or g.readmission_key is not null)
    and (not r.asks_status or (e.status <> '' and x.readmission_key is null))
    and (
        r.provider = 'any' or (r.provider <> 'tin' and e.npi = s.npi and e.npi <> '')
        or (r.provider <> 'npi' and e.tin = s.tin and e.tin <> '')
    )
