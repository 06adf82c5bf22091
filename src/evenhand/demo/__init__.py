"""Cedar Ridge Orthopaedics: a made-up practice whose files, contracts and faults come from a seed."""

from evenhand.demo.generate import DemoFiles, Truth, generate

__all__ = ["DemoFiles", "Truth", "generate"]
