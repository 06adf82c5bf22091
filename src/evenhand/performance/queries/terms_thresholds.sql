-- Claims asked about whose charges are within a tenth of what a stop-loss rule asks for, on either side of it.
select
  v.contract_id, t.name as rule, c.claim_id, t.charge_amount as charges, t.charge_threshold as threshold,
  cast(t.charge_amount - t.charge_threshold as decimal(18, 2)) as over
from stop_loss_thresholds as t
inner join contract_versions as v on v.version_key = t.version_key
inner join service_claims as c on c.claim_key = t.claim_key
where t.uncharged = 0 and abs(t.charge_amount - t.charge_threshold) <= t.charge_threshold * 0.1
  and t.claim_key in (select claim_key from asked_lines)
