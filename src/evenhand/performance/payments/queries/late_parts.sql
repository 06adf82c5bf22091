-- Parts of claims that were paid late, or never, of which a share is needed.
select distinct new_amount, share_of
from late_money
where owed_on = 'discount' and share_of is not null
order by new_amount, share_of
