"""Willingness to pay and diversion of 60 hospitals from 1,000,000 discharges, beside plain pandas.

The discharges are drawn from a seed: 60 hospitals of 25 systems, 200 ZIP codes, 40 DRGs, 4 age groups, hospitals chosen
by what they are known for and how far they are. Cells by four layers, from DRG × age × ZIP code to the first three
digits of the ZIP code alone, at least 25 patients each. Both sides start from the same table in memory, with text in
its columns, and give the willingness to pay of every system and the diversion from every hospital to every other.

The yardstick is the same definitions in plain pandas, written as they read: ``groupby`` for cells and shares; for each
hospital its system taken out, the others' shares of what is left, weighed by its patients. A second one is pandas with
the formula rearranged by hand first, the best we found. All answers must be equal (to 1e-9 of their size).

Ratios are of processor time, which other work on the same cores does not change; ``wtp_s_1m`` is by the clock.

    python benchmarks/market.py            # ours seven times, pandas three times
    python benchmarks/market.py --quick    # pandas once, under 50 s

The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from evenhand.market import Definition, Discharges, assign, diversion, willingness_to_pay

ROWS, HOSPITALS, SYSTEMS, PLACES = 1_000_000, 60, 25, 200
LAYERS = [["drg", "age", "zip5"], ["drg", "age", "zip3"], ["drg", "zip3"], ["zip3"]]
FEWEST = 25


def drawn(rows: int, seed: int = 11) -> pa.Table:
    """The discharges, as a table of text."""
    draw = np.random.default_rng(seed)
    homes, stands = draw.uniform(0, 60, (PLACES, 2)), draw.uniform(0, 60, (HOSPITALS, 2))
    miles = np.hypot(*(homes[:, None, :] - stands[None, :, :]).transpose(2, 0, 1))
    known = draw.normal(0, 0.8, (40, HOSPITALS))
    place, drg = draw.integers(0, PLACES, rows), draw.integers(0, 40, rows)
    chosen = np.empty(rows, dtype=np.int64)
    for start in range(0, rows, 50_000):
        part = slice(start, start + 50_000)
        pull = known[drg[part]] - 0.15 * miles[place[part]]
        chosen[part] = (pull + draw.gumbel(size=pull.shape)).argmax(axis=1)
    zips = 80_000 + np.arange(PLACES) * 7
    columns = {
        "provider": [f"Hospital {n}" for n in range(HOSPITALS)],
        "system": [f"System {n % SYSTEMS}" for n in range(HOSPITALS)],
        "drg": [str(100 + n) for n in range(40)],
        "age": ["0-17", "18-44", "45-64", "65+"],
        "zip5": [str(code) for code in zips],
    }
    ages = draw.integers(0, 4, rows)
    codes = {"provider": chosen, "system": chosen, "drg": drg, "age": ages, "zip5": place}
    return pa.table({name: pa.array(columns[name]).take(pa.array(codes[name])) for name in columns})


Figures = tuple[dict[str, float], dict[tuple[str, str], float]]


def ours(table: pa.Table) -> Figures:
    """Evenhand."""
    groups = {name: table[name] for name in ("drg", "age", "zip5")}
    found = Discharges.of(table["provider"], groups, system=table["system"])
    cells = assign(found, Definition(tuple(map(tuple, LAYERS)), FEWEST))
    worth, moved = willingness_to_pay(found, cells), diversion(found, cells)
    pairs = {
        (moved.providers[start], moved.providers[to]): float(share)
        for (start, to), share in np.ndenumerate(moved.share)
        if share > 0
    }
    return dict(zip(worth.systems, map(float, worth.value), strict=True)), pairs


def plain(frame: Any) -> Figures:
    """The definitions in pandas, as they read."""
    cells = _cells(frame)
    return _worth(cells), _moved_plainly(cells.groupby(["cell", "provider", "system"]).size().rename("count"))


def worked_out(frame: Any) -> Figures:
    """The same in pandas, the formula for diversion rearranged first so that each hospital needs one merge."""
    cells = _cells(frame)
    hospitals = cells.groupby(["cell", "provider", "system"]).size().rename("count").reset_index()
    return _worth(cells), _moved(hospitals.merge(_shares(cells), on=["cell", "system"], suffixes=("", "_system")))


def _cells(frame: Any) -> Any:
    kept, left = [], frame.assign(zip3=frame["zip5"].str[:3])
    for number, layer in enumerate(LAYERS):
        size = left.groupby(layer)["provider"].transform("size")
        inside = left[size >= FEWEST]
        kept.append(inside.assign(cell=inside.groupby(layer).ngroup() + number * len(frame)))
        left = left[size < FEWEST]
    return pd.concat(kept)


def _shares(cells: Any) -> Any:
    total = cells.groupby("cell").size().rename("total")
    systems = cells.groupby(["cell", "system"]).size().rename("count").reset_index().join(total, on="cell")
    return systems.assign(share=systems["count"] / systems["total"])


def _worth(cells: Any) -> dict[str, float]:
    systems = _shares(cells)
    value = -np.log1p(-systems["share"].clip(upper=0.99)) * systems["total"]
    found: dict[str, float] = value.groupby(systems["system"]).sum().to_dict()
    return found


def _moved_plainly(counts: Any) -> dict[tuple[str, str], float]:
    """For each hospital: its system out, the others' shares of what is left of each cell, weighed by its patients."""
    counts, found = counts.reset_index(), {}
    for (provider, system), own in counts.groupby(["provider", "system"]):
        others = counts[counts["system"] != system]
        share = others["count"] / others.groupby("cell")["count"].transform("sum")
        both = others.assign(share=share).merge(own[["cell", "count"]], on="cell", suffixes=("", "_own"))
        moved = (both["share"] * both["count_own"]).groupby(both["provider"]).sum()
        with_choice = own[own["cell"].isin(both["cell"])]["count"].sum()
        for to, amount in (moved / with_choice).items():
            found[str(provider), str(to)] = float(amount)
    return found


def _moved(hospitals: Any) -> dict[tuple[str, str], float]:
    found = {}
    for provider, own in hospitals[hospitals["share"] < 1 - 1e-12].groupby("provider"):
        both = own.merge(hospitals, on="cell", suffixes=("", "_to"))
        both = both[both["system_to"] != both["system"]]
        both["moved"] = both["count"] * both["count_to"] / both["total"] / (1 - both["share"])
        for to, amount in (both.groupby("provider_to")["moved"].sum() / own["count"].sum()).items():
            found[str(provider), str(to)] = float(amount)
    return found


def timed(times: int, run: Any, given: Any) -> tuple[float, float, Any]:
    """Seconds of the quickest of several runs, by the clock and of processor time, and the answer."""
    clock = processor = float("inf")
    answer = None
    for _ in range(times):
        begun, begun_processor = time.perf_counter(), time.process_time()
        answer = run(given)
        processor = min(processor, time.process_time() - begun_processor)
        clock = min(clock, time.perf_counter() - begun)
    return clock, processor, answer


def check_equal(one: dict[Any, float], other: dict[Any, float], what: str) -> None:
    """Both hold the same, to the last digits."""
    assert one.keys() == other.keys(), what
    worst = max(abs(one[key] - other[key]) / max(1.0, abs(one[key])) for key in one)
    assert worst < 1e-9, f"{what}: {worst}"
    print(f"{what}: {len(one):,} figures equal, furthest apart {worst:.1e}")


def main() -> None:
    """Time both, compare, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="pandas once only")
    quick = options.parse_args().quick
    table = drawn(ROWS)
    frame = table.to_pandas()
    took, processor, (worth, moved) = timed(7, ours, table)
    print(f"Evenhand: {ROWS:,} discharges, {HOSPITALS} hospitals in {took:.2f} s, {processor:.2f} s of processor time")
    ratios = {}
    for name, run in (("pandas", plain), ("pandas_worked_out", worked_out)):
        other, other_processor, (other_worth, other_moved) = timed(1 if quick else 3, run, frame)
        print(f"{name}: {other:.1f} s, {other_processor:.1f} s of processor time")
        check_equal(worth, other_worth, "willingness to pay")
        check_equal(moved, other_moved, "diversion")
        ratios[f"wtp_ratio_to_{name}"] = round(other_processor / processor, 1)
    print(json.dumps({"wtp_s_1m": round(took, 3), **ratios}))


if __name__ == "__main__":
    main()
