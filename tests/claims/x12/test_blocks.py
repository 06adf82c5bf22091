"""The tables do not depend on how a file is cut into blocks, nor on how it is given."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.claims.schema import content_hash
from evenhand.claims.x12 import read_x12

GOOD = ["CLP*PCN1*1*150*100*20*12*ICN1", "SVC*HC:99213*150*100**1", "CAS*CO*45*30", "CAS*PR*1*20"]


def mixed(texts: ModuleType) -> bytes:
    """Claims, remittances and another transaction; several interchanges; damage; wrapping."""
    remittance = [
        "835",
        texts.bpr("550"),
        *texts.HEADER_835,
        *GOOD * 7,
        "PLB*1*20261231*WO:X*100*L6*-1",
        "PLB*1*20261231*CS*51",
    ]
    claims = ["837", *texts.SUBMITTER, *texts.PROVIDER, *texts.SUBSCRIBER, *texts.PROFESSIONAL, *texts.DEPENDENT]
    claims += [*texts.PROVIDER, *texts.SUBSCRIBER, *texts.INSTITUTIONAL]
    one = texts.wrap([remittance, claims, ["277", "BHT*0085", "STC*A1"] * 4, remittance])
    damaged = one.replace("CAS*CO*45*30", "CAS*CO*45*3O", 3).replace("SE*", "SX*", 1)
    wrapped = "\n".join(one[at : at + 80] for at in range(0, len(one), 80))
    other = texts.delimited(one, "|", ">", "\n")
    return "".join((one, damaged, "\nsome text\n", wrapped, "\n", other, one[:-900])).encode()


def same(one: dict[str, pa.Table], other: dict[str, pa.Table]) -> None:
    assert sorted(one) == sorted(other)
    for name, table in one.items():
        assert table.equals(other[name]), name


@pytest.mark.parametrize("block_bytes", [100, 300, 1000, 4096, 20000])
def test_the_size_of_blocks_does_not_matter(block_bytes: int, accounts: ModuleType, texts: ModuleType) -> None:
    content = mixed(texts)
    same(accounts.read_all(content), accounts.read_all(content, block_bytes))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(block_bytes=st.integers(200, 6000), start=st.integers(0, 4900), length=st.integers(0, 60))
def test_nor_does_it_in_a_damaged_file(
    block_bytes: int, start: int, length: int, accounts: ModuleType, texts: ModuleType
) -> None:
    content = mixed(texts)[:5000]
    content = content[:start] + content[start + length :]
    same(accounts.read_all(content), accounts.read_all(content, block_bytes))


def test_many_blocks_are_made(texts: ModuleType) -> None:
    content = mixed(texts)
    assert len(list(read_x12(content, sha256=content_hash(content), block_bytes=300))) > 40


def test_a_path_reads_as_its_content_does(tmp_path: Path, accounts: ModuleType, texts: ModuleType) -> None:
    content = mixed(texts)
    path = tmp_path / "mixed.x12"
    path.write_bytes(content)
    batches = list(read_x12(path, sha256=content_hash(content), block_bytes=5000))
    found = {
        name: pa.concat_tables([batch[name] for batch in batches if name in batch]).combine_chunks()
        for name in {name for batch in batches for name in batch}
    }
    same(accounts.read_all(content), found)


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.x12"
    path.write_bytes(b"")
    (batch,) = read_x12(path, sha256=content_hash(b""))
    assert batch["findings"]["rule"].to_pylist() == ["no-interchange"]


def test_keys_are_the_files_base_and_an_ordinal(accounts: ModuleType, texts: ModuleType) -> None:
    tables = accounts.read_all(mixed(texts), 1000)
    base = tables["remits"]["file_id"][0].as_py()
    for name, key in (
        ("remits", "remit_key"),
        ("remit_claims", "remit_claim_key"),
        ("remit_lines", "remit_line_key"),
        ("claims", "claim_key"),
        ("lines", "line_key"),
    ):
        assert tables[name][key].to_pylist() == list(range(base, base + tables[name].num_rows)), name


def test_every_child_has_its_parent(accounts: ModuleType, texts: ModuleType) -> None:
    tables = accounts.read_all(mixed(texts), 700)
    remits = set(tables["remits"]["remit_key"].to_pylist())
    claims = set(tables["remit_claims"]["remit_claim_key"].to_pylist())
    lines = set(tables["remit_lines"]["remit_line_key"].to_pylist())
    assert set(tables["remit_claims"]["remit_key"].to_pylist()) <= remits
    assert set(tables["provider_adjustments"]["remit_key"].to_pylist()) <= remits
    assert set(tables["remit_lines"]["remit_claim_key"].to_pylist()) <= claims
    assert set(tables["adjustments"]["remit_line_key"].to_pylist()) <= lines | {None}
    assert set(tables["lines"]["claim_key"].to_pylist()) <= set(tables["claims"]["claim_key"].to_pylist())
