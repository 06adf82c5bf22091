-- kept
-- Each claim with its contract version and, in `facts`, what that version's terms ask about a claim, as one text with a
-- separator no code holds: claims alike in it are alike to every term. What the version does not ask is left empty.
select
    c.claim_key, c.party_key, c.version_key, c.contract_day,
    case
        when v.asks_claims
            -- the DRG by the grouper version the contract names, where it names one
            then concat(
                coalesce(case when v.asks_drg then coalesce(g.drg_code, c.drg_code) end, ''), chr(31),
                coalesce(case when v.asks_bill_type then c.bill_type_code end, ''), chr(31),
                coalesce(case when v.asks_claim_type then c.claim_type end, ''), chr(31),
                coalesce(case when v.asks_product then c.product end, ''), chr(31),
                coalesce(case when v.asks_billing_npi then c.billing_npi end, ''), chr(31),
                coalesce(case when v.asks_tin then c.billing_tin end, ''), chr(31),
                coalesce(b.charge_band, ''), chr(31), coalesce(b.age_band, ''), chr(31), coalesce(b.stay_band, '')
            )
        else ''
    end as facts
from chosen_claims as c
left join contract_versions as v on v.version_key = c.version_key
left join claim_drgs as g on g.claim_key = c.claim_key
left join claim_bands as b on b.claim_key = c.claim_key
