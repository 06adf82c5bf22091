-- The versions of contracts that the claims asked about fall under.
select distinct contract_id, version_no from asked_lines where contract_id is not null
