"""Pages of an organisation: its members, coming in, starting one."""
