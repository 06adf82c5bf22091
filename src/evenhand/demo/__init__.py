"""Cedar Ridge Orthopaedics: a made-up practice whose files, contracts and faults come from a seed."""
