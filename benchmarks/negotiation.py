"""The mathematics of a negotiation: leverage, the best ask and how sure a forecast is, each by its own benchmark.

    python benchmarks/negotiation.py            # each in full
    python benchmarks/negotiation.py --quick    # each briefly, under 50 s in all

Runs ``market.py`` (willingness to pay and diversion of a million discharges beside plain pandas), ``ask.py`` (10,000
codes: ladders, frontier, at most 200 changed) and ``coverage.py`` (how often intervals at 200 claims with a heavy tail
hold the truth). The last line is JSON.
"""

from __future__ import annotations

import argparse
import json

from _beside import gathered  # type: ignore[import-not-found]

#: Each script, and what is taken from it.
WANTED = {
    "market.py": ("wtp_s_1m", "wtp_ratio_to_pandas"),
    "ask.py": ("ask_s", "frontier_ms", "mip_s", "ask_gap", "mip_gap"),
    "coverage.py": ("coverage_90",),
}


def main() -> None:
    """Run all three."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="each briefly")
    how = ("--quick",) if options.parse_args().quick else ()
    print(json.dumps(gathered({(script, *how): names for script, names in WANTED.items()})))


if __name__ == "__main__":
    main()
