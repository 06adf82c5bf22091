"""How fast X12 files become tables, beside other open readers, in one run on one machine.

A file of remittances (835) and one of claims (837) are drawn from a seed and read in fresh processes, one
after the other. Reported are megabytes of file per second of processor time (user and system, whatever the
number of threads) and the largest memory. Evenhand's time holds everything: all columns of all tables, in
Arrow, with the balances checked. Slow readers get a smaller file of the same kind.

    python benchmarks/x12.py            a 200 MB file
    python benchmarks/x12.py --quick    20 MB, in well under a minute

The last line is JSON.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from generate_835 import ISA, write_835  # type: ignore[import-not-found]
from generate_837 import write_837  # type: ignore[import-not-found]


def evenhand(path: Path) -> dict[str, int]:
    """All tables of the file, batch by batch; returns what they hold."""
    import pyarrow.compute as pc

    from evenhand.claims.x12 import read_x12

    held = dict.fromkeys(("claims", "lines", "charge", "findings"), 0)
    for batch in read_x12(path, sha256="ab" * 32):
        for name, table in batch.items():
            kind = name.removeprefix("remit_")
            if kind in held:
                held[kind] += table.num_rows
            if name in ("remit_claims", "claims"):
                held["charge"] += int(pc.sum(table["charge_amount"]).as_py() * 100)
    return held


def oxedi(path: Path) -> dict[str, int]:
    """The tables of oxedi, in Arrow."""
    import oxedi as reader
    import pyarrow as pa

    tables = reader.parse_file(str(path)).tables
    names = ("adjustments", "claims", "payments", "provider_adjustments", "services")
    arrow = {name: pa.table(tables[name]) for name in names}
    return {"claims": arrow["claims"].num_rows, "lines": arrow["services"].num_rows}


def pyx12(path: Path) -> dict[str, int]:
    """The segments of pyx12 in loop context, the least that tells which claim a line belongs to."""
    import pyx12.error_handler
    import pyx12.params
    import pyx12.x12context

    found = {"claims": 0, "lines": 0}
    with path.open() as file:
        reader = pyx12.x12context.X12ContextReader(pyx12.params.params(), pyx12.error_handler.errh_null(), file)
        for node in reader.iter_segments():
            found["claims"] += node.id == "CLP"
            found["lines"] += node.id == "SVC"
    return found


def edi_835_parser(path: Path) -> dict[str, int]:
    """The data frame of edi-835-parser, one row for each line; it reads one remittance for each file."""
    from edi_835_parser import parse

    frame = parse(str(path)).to_dataframe()
    return {"lines": len(frame)}


#: A remittance of one claim, read first, so that imports and caches do not count.
TINY = (
    f"{ISA}~GS*HP*P*Q*20260105*0512*1*X*005010X221A1~ST*835*0001*005010X221A1~BPR*I*100*C*CHK************20260105~"
    "TRN*1*EFT1*1512345678~N1*PR*PAYER~N3*1 MAIN~N4*HARTFORD*CT*06156~PER*BL*EDI~N1*PE*CLINIC*XX*1234567893~LX*1~"
    "CLP*A1*1*150*100**12*B1*11*1~NM1*QC*1*DOE*JANE****MI*W1~SVC*HC:99213*150*100**1~DTM*472*20260101~"
    "CAS*CO*45*50~SE*15*0001~GE*1*1~IEA*1*000000001~"
).encode()

READERS: dict[str, Callable[[Path], dict[str, int]]] = {
    "evenhand": evenhand,
    "oxedi": oxedi,
    "pyx12": pyx12,
    "edi_835_parser": edi_835_parser,
}


def once(reader: str, path: Path) -> None:
    """Read a file in this process and print what it took; imports and a first, tiny file do not count."""
    tiny = path.with_suffix(".tiny")
    READERS[reader](tiny)
    before = processor_seconds()
    held = READERS[reader](path)
    taken = processor_seconds() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": taken, "peak_mb": peak, "held": held}))


def processor_seconds() -> float:
    """Seconds of processor time of this process so far."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def measured(reader: str, path: Path, runs: int = 1) -> dict[str, float] | None:
    """The best of so many fresh processes; none when the reader is not installed or fails."""
    if importlib.util.find_spec(reader) is None:
        print(f"  {reader:16} not installed")
        return None
    best: dict[str, float] | None = None
    for _ in range(runs):
        done = subprocess.run([sys.executable, __file__, "--read", reader, str(path)], capture_output=True, text=True)
        if done.returncode:
            print(f"  {reader:16} failed: {done.stderr.strip().splitlines()[-1][:90]}")
            return None
        told = json.loads(done.stdout.splitlines()[-1])
        speed = path.stat().st_size / 1e6 / told["seconds"]
        if best is None or speed > best["speed"]:
            best = {"speed": speed, "peak_mb": told["peak_mb"], **told["held"]}
    assert best is not None
    size = path.stat().st_size / 1e6
    print(f"  {reader:16} {best['speed']:7.2f} MB per CPU-second  {best['peak_mb']:6.0f} MB peak  ({size:.1f} MB file)")
    return best


def agree(path: Path, found: dict[str, float] | None, truth: dict[str, int]) -> None:
    """The tables hold what was written, to the cent, and nothing is out of balance."""
    assert found is not None, "evenhand must be installed"
    for name in ("claims", "lines", "charge"):
        assert found[name] == truth[name], f"{path.name}: {name} {found[name]}, written {truth[name]}"
    assert found["findings"] == 0, f"{path.name}: {found['findings']} findings in a balanced file"


def compare(folder: Path, megabytes: float, runs: int) -> dict[str, float | None]:
    """Write the files, read them with everyone."""
    remittances, claims, small = folder / "large.835", folder / "large.837", folder / "small.835"
    truth = {remittances: write_835(remittances, megabytes), claims: write_837(claims, megabytes / 2)}
    write_835(small, 0.4, seed=2)
    for path in (remittances, claims, small):
        path.with_suffix(".tiny").write_bytes(TINY)
    print(f"835: {truth[remittances]['lines']:,} lines")
    ours = measured("evenhand", remittances, runs)
    agree(remittances, ours, truth[remittances])
    theirs = measured("oxedi", remittances, runs)
    slow = {name: measured(name, small) for name in ("pyx12", "edi_835_parser")}
    print(f"837: {truth[claims]['lines']:,} lines")
    ours_837 = measured("evenhand", claims, runs)
    agree(claims, ours_837, truth[claims])
    assert ours is not None
    assert ours_837 is not None
    return {
        "mb_per_cpu_s_835": round(ours["speed"], 1),
        "mb_per_cpu_s_837": round(ours_837["speed"], 1),
        "ratio_to_oxedi": ratio(ours, theirs),
        "ratio_to_pyx12": ratio(ours, slow["pyx12"]),
        "ratio_to_edi_835_parser": ratio(ours, slow["edi_835_parser"]),
        "peak_mb": round(max(ours["peak_mb"], ours_837["peak_mb"])),
    }


def ratio(ours: dict[str, float], theirs: dict[str, float] | None) -> float | None:
    """How many times as fast; none when the other could not be measured."""
    return None if theirs is None else round(ours["speed"] / theirs["speed"], 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small file")
    parser.add_argument("--read", nargs=2, metavar=("READER", "FILE"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.read:
        once(asked.read[0], Path(asked.read[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(compare(Path(folder), 20 if asked.quick else 200, 3)))


if __name__ == "__main__":
    main()
