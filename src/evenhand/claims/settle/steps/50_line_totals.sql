-- kept
-- Lines of each claim added up. A claim's allowed amount is known when that of every line paid is. Why a claim is
-- not judged: the first of its lines' reasons in the order of the numbers.
select
    claim_key, count(*) as all_lines, count(allowed_amount) as known_lines, sum(allowed_amount) as allowed,
    sum(case when state in ('paid', 'cost share', 'unclear') and allowed_amount is null then 1 else 0 end) as unknown,
    sum(case when state = 'paid' then 1 else 0 end) as paid_lines,
    sum(case when state = 'cost share' then 1 else 0 end) as cost_share_lines,
    sum(case when state = 'denied' then 1 else 0 end) as denied_lines,
    sum(case when state = 'capitated' then 1 else 0 end) as capitated_lines,
    sum(case when state = 'bundled' then 1 else 0 end) as bundled_lines,
    min(case when state in ('paid', 'cost share') then allowed_method end) as low_method,
    max(case when state in ('paid', 'cost share') then allowed_method end) as high_method,
    min(allowed_method) as any_method, max(match_method) as match_method,
    sum(paid_amount) as paid, sum(patient_amount) as patient, max(payment_date) as payment_date,
    min(payment_date) as first_payment_date,
    min(
        case why_not
            when 'predetermination' then '1predetermination' when 'reversed' then '2reversed'
            when 'secondary payer' then '3secondary payer' when 'out of balance' then '4out of balance'
            when 'allowed unknown' then '5allowed unknown' when 'denied' then '6denied'
            when 'capitated' then '7capitated' when 'not remitted' then '8not remitted'
        end
    ) as why_not
from settled_lines
group by claim_key
