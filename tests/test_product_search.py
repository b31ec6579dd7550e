"""`find` over the bundled figures and over a store with added names."""

from pathlib import Path

import pytest

from corridor.errors import NothingFound, UnknownName
from corridor.workspace import Workspace


def test_groups_and_chapters_are_found_without_any_file(tmp_path: Path) -> None:
    hits = Workspace(tmp_path / "none").find("кофе", pair=("RUS", "VNM"))
    assert hits.select("classification", "product", "found_by").rows() == [
        ("VNC", "coffee", "name"),
        ("HS", "09", "phrase"),
    ]
    coffee = hits.row(0, named=True)
    assert (coffee["year"], coffee["reporter"], coffee["source"]) == (2025, "VNM", "vn_customs")
    # Russia's imports of coffee from Viet Nam are what Viet Nam reported as its exports.
    assert coffee["imports_usd"] == 462_294_884
    assert coffee["exports_usd"] is None, "no row is not zero"
    assert hits.row(1, named=True)["first_year"] is None


def test_the_other_way_round(tmp_path: Path) -> None:
    hits = Workspace(tmp_path / "none").find("coffee", pair=("VNM", "RUS"), limit=1)
    assert hits.height == 1
    assert hits["exports_usd"][0] == 462_294_884


def test_printed_labels_are_further_names(tmp_path: Path) -> None:
    hits = Workspace(tmp_path / "none").find("lúa mỳ")
    assert hits["product"].to_list() == ["wheat"]
    assert hits["name_source"].to_list() == ["vn_nso"]


def test_names_that_were_added_are_found(tmp_path: Path) -> None:
    text = "section,hscode,description,parent,level\nII,0901,Coffee beans,09,4\nII,090111,Coffee; not roasted,0901,6\n"
    file = tmp_path / "names.csv"
    file.write_text(text, encoding="utf-8")
    workspace = Workspace(tmp_path / "store")
    assert workspace.add([file]).of("added")
    assert workspace.find("coffee beans").select("classification", "product", "name").rows() == [
        ("H6", "0901", "Coffee beans")
    ]
    assert list(workspace.find("0901")["product"]) == ["0901", "090111"]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "none")
    with pytest.raises(NothingFound, match="no goods are called “qwertz”; try one word"):
        workspace.find("qwertz")
    with pytest.raises(UnknownName):
        workspace.find("coffee", pair=("RUS", "Atlantis"))
