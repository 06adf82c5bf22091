"""The contracts of an organisation: reading them, changing them with every version kept."""
