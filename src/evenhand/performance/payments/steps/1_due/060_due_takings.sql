-- What is taken off the payer's share: a withhold before sequestration lowers what that is a share of, one after it is
-- a share of what is left.
select
  t.claim_key, t.sequestration_rule, t.withhold_rule, t.sequestration,
  case
    when t.take_order = 'after'
      then cast(round((t.payer_share - t.sequestration) * t.withhold_share, 2) as decimal(18, 2))
    else t.whole_withhold
  end as withhold
from (
  select
    w.*,
    cast(round(
      (w.payer_share - case when w.take_order = 'before' then w.whole_withhold else 0.00 end) * w.sequestration_share, 2
    ) as decimal(18, 2)) as sequestration
  from (
    select
      d.claim_key, d.payer_share, s.rule_key as sequestration_rule, h.rule_key as withhold_rule, h.take_order,
      coalesce(s.share, 0.000000) as sequestration_share, coalesce(h.share, 0.000000) as withhold_share,
      cast(round(d.payer_share * coalesce(h.share, 0.000000), 2) as decimal(18, 2)) as whole_withhold
    from due_claims as d
    left join due_rules as s on s.claim_key = d.claim_key and s.kind = 'sequestration'
    left join due_rules as h on h.claim_key = d.claim_key and h.kind = 'withhold'
  ) as w
) as t
