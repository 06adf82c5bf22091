"""The contract as data: terms, rates, dates, amendments, differences."""
