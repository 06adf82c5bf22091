"""When talks are stuck: the steps by which a negotiation goes up, and notice that ends a contract."""
