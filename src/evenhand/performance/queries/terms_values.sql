-- What the lines of each contract have of each thing its terms ask for, over the whole book.
select distinct v.contract_id, s.attribute, s.value
from service_values as s
inner join contract_versions as v on v.version_key = s.version_key
