-- What each term and code comes to under the contract the claims are priced under now.
select coalesce(p.term, '') as term, l.hcpcs_code as code, sum(p.expected_amount) as amount
from service_lines as l
inner join priced_lines as p on p.line_key = l.line_key
where p.expected_amount is not null
group by coalesce(p.term, ''), l.hcpcs_code
