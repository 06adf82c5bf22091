"""The physician fee schedule: fees, localities, published amounts to hold them against."""
