-- What a remittance says of a claim that is not on file. The kind of claim is read from its codes: a revenue
-- code or DRG is institutional, a dental code dental, any other procedure professional.
with kinds as (
    select
        remit_claim_key,
        max(case when revenue_center_code is not null then 1 else 0 end) as has_revenue_code,
        max(case when code_qualifier = 'AD' then 1 else 0 end) as has_dental_code,
        max(case when hcpcs_code is not null then 1 else 0 end) as has_code
    from remit_lines
    group by remit_claim_key
)
select
    e.claim_key, e.remit_claim_key, e.claim_number, e.billed_amount, e.first_day, e.last_day,
    case
        when k.has_revenue_code = 1 or c.drg_code is not null then 'institutional'
        when k.has_dental_code = 1 then 'dental'
        when k.has_code = 1 then 'professional'
    end as claim_type,
    r.payer, r.payer_id, p.product, c.group_number, r.payee_npi, r.payee_tin, c.rendering_npi, c.member_id,
    c.facility_code, c.facility_code || c.claim_frequency as bill_type_code, c.drg_code,
    c.contract_class
from ranked_events as e
join remit_claims as c on c.remit_claim_key = e.remit_claim_key
join kept_remits as r on r.remit_key = e.remit_key
left join kinds as k on k.remit_claim_key = e.remit_claim_key
left join filing_products as p on p.filing_code = c.filing_code
left join kept_claims as filed on filed.claim_key = e.claim_key
where e.rank_no = 1 and filed.claim_key is null
