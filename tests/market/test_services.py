"""Services only we give, our share of a network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evenhand.errors import SelectionError
from evenhand.market import network_share, read_services, unique_services
from evenhand.market.adequacy import Providers


def test_codes_nobody_else_bills(tmp_path: Path) -> None:
    path = tmp_path / "services.csv"
    path.write_text(
        "provider,code,patients,lat,lon\nCedar Ridge,27446,64,39.7,-105.2\nCedar Ridge,27447,90,39.7,-105.2\n"
        "Alder,27447,50,39.7,-104.2\nAlder,29881,10,39.7,-104.2\nCedar Ridge,,3,,\nCedar Ridge,25447,few,,\n",
        encoding="utf-8",
    )
    services = read_services(path)
    assert [str(problem).split(";")[0] for problem in services.problems] == [
        "services.csv:6: a provider, a code or a number of patients is missing",
        "services.csv:7: patients 'few' is not a number of at least 0",
    ]
    assert unique_services(services, ["cedar"]).rows() == [
        {"code": "27446", "patients": 64.0, "others": 0, "nearest_miles": None}
    ]
    near, far = (unique_services(services, ["cedar"], within=miles).rows() for miles in (60, 20))
    assert [row["code"] for row in near] == ["27446"]
    assert [(row["code"], row["others"], round(row["nearest_miles"] or 0)) for row in far] == [
        ("27447", 1, 53),
        ("27446", 0, 0),
    ]
    with pytest.raises(SelectionError, match="nobody in the table of services is named Birch"):
        unique_services(services, ["Birch"])


def test_network_share_counts_a_provider_once() -> None:
    names = ("Cedar", "Cedar", "Alder", "Alder")
    found = Providers(
        "t", ("1", "1", "2", "3"), names, ("Cardiology",) * 3 + ("Urology",), np.ones(4), np.zeros((4, 2))
    )
    assert network_share(found, ["cedar"]).rows() == [
        {"specialty": "Cardiology", "ours": 1, "network": 2, "share": 0.5}
    ]
