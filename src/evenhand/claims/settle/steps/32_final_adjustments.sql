-- kept
-- The adjustments of the settling remittances, each with its kind and the line it belongs to (none at claim level).
select
    f.claim_key, m.line_key, a.remit_line_key, k.group_code, k.reason_code, a.position, a.amount, k.kind
from adjustments as a
join finals as f on f.remit_claim_key = a.remit_claim_key
join reason_kinds as k
    on k.payer_key = f.payer_key and k.group_code = coalesce(a.group_code, '')
    and k.reason_code = coalesce(a.reason_code, '')
left join line_matches as m on m.remit_line_key = a.remit_line_key
