-- Each claim with the day that chooses its contract unless a contract says otherwise (admission of a facility stay, else
-- the first day of service); and in `asked`, as one text, what only some contracts ask about a claim: network, plan and
-- group, site, other days. Where none asks it is empty, so that claims stay as alike as they are.
select
    c.*,
    case
        when c.claim_type = 'institutional' then coalesce(c.admission_date, c.claim_start_date)
        else c.claim_start_date
    end as usual_day,
    case
        when q.plans or q.sites or q.days
            then concat(
                coalesce(case when q.networks then c.network end, ''), chr(31),
                coalesce(case when q.plans then c.plan end, ''), chr(31),
                coalesce(case when q.plans then c.group_number end, ''), chr(31),
                coalesce(case when q.sites then c.site_npi end, ''), chr(31),
                coalesce(case when q.sites then c.place_of_service_code end, ''), chr(31),
                coalesce(case when q.days then cast(c.claim_start_date as varchar) end, ''), chr(31),
                coalesce(
                    case
                        when q.days and c.claim_type = 'institutional'
                            then cast(coalesce(c.discharge_date, c.claim_end_date) as varchar)
                    end,
                    ''
                )
            )
        -- the first part alone: the others are empty
        when q.networks then coalesce(c.network, '') || chr(31)
        else ''
    end as asked
from service_claims as c
cross join contract_questions as q
