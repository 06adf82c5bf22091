-- How people write amounts, days and numbers. Each macro gives null for what is not one: never zero, never a guess.

-- Dollar signs and blanks off; brackets or a sign at the end become a sign in front.
create or replace temp macro plain_sign(x) as
  regexp_replace(regexp_replace(replace(replace(replace(x, '$', ''), '€', ''), ' ', ''),
    '^\((.*)\)$', '-\1'), '^([^-+].*)-$', '-\1');

-- 1,234.50  $12  (12.00)  12.00-  .5  1e3 ; a comma that does not part thousands makes it no amount.
create or replace temp macro us_amount(x) as
  case when regexp_full_match(plain_sign(x), '[-+]?(\d+|\d{1,3}(,\d{3})+)?(\.\d*)?([eE][-+]?\d{1,2})?')
        and regexp_matches(x, '\d')
       then try_cast(replace(plain_sign(x), ',', '') as decimal(38, 10)) end;

-- 1.234,50  12,00 €
create or replace temp macro european_amount(x) as
  case when regexp_full_match(plain_sign(x), '[-+]?(\d+|\d{1,3}(\.\d{3})+)?(,\d*)?') and regexp_matches(x, '\d')
       then try_cast(replace(replace(plain_sign(x), '.', ''), ',', '.') as decimal(38, 10)) end;

-- 123450 is 1234.50
create or replace temp macro cents_amount(x) as
  case when regexp_full_match(plain_sign(x), '[-+]?\d+')
       then try_cast(plain_sign(x) as decimal(20, 0)) * cast('0.01' as decimal(3, 2)) end;

create or replace temp macro whole_cents(x) as try_cast(round(x, 2) as decimal(18, 2));

-- Units: at most three decimals are kept.
create or replace temp macro quantity(x) as try_cast(round(us_amount(x), 3) as decimal(18, 3));

-- Line numbers: 1, 01, 1.0
create or replace temp macro ordinal(x) as
  case when regexp_full_match(x, '\d{1,9}(\.0*)?') then cast(regexp_extract(x, '^\d+') as integer) end;

-- A time after the day is cut off; a day outside 1900 to 2100 is a slip of the pen.
create or replace temp macro sane_day(d) as
  case when d between date '1900-01-01' and date '2100-12-31' then d end;

create or replace temp macro day_text(x) as regexp_replace(x, '^(\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4})[ T]\d.*$', '\1');

-- Five or nine digits, with or without the dash. Spreadsheets drop the zeros in front, of which a ZIP code has two at most.
create or replace temp macro zip_code(x) as
  case when regexp_full_match(x, '\d{3,5}') then lpad(x, 5, '0')
       when regexp_full_match(x, '\d{7,9}') then lpad(x, 9, '0')
       when regexp_full_match(x, '\d{5}-\d{4}') then replace(x, '-', '') end;

-- What is shown of a value that could not be read: never a name.
create or replace temp macro shown(x) as
  case when regexp_matches(x, '[A-Za-z]{4}') then 'text of ' || length(x) || ' characters' else left(x, 40) end;
