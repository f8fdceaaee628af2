"""The settings of a project and of a village, read and checked."""

from pathlib import Path

import pytest

from case_kit import each
from vuonho.errors import Severity
from vuonho.project.settings import read_site, read_village

SITE = """base_url: https://vuon.example/
title: Vườn hộ
purpose: Giới thiệu vườn.
team: {name: Tổ số, phone: 0570 100 200}
"""
VILLAGE = "name: Thôn Vườn\ncommune: Xã Phúc Trạch\ncentre: 18.125, 105.76\n"


def put(root: Path, text: str, file: str = "site.yaml") -> Path:
    path = root / "profiles" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://Vuon.Example/", "https://vuon.example/"),
        ("https://ten.github.io/vuon-ho/", "https://ten.github.io/vuon-ho/"),
        ("https://vuon.example:8443/", "https://vuon.example:8443/"),
    ],
)
def test_an_address_that_can_be_printed(tmp_path: Path, typed: str, read: str) -> None:
    """The host is in lower case, the path as typed."""
    site, problems = read_site(put(tmp_path, SITE.replace("https://vuon.example/", typed)))
    assert problems == ()
    assert site is not None
    assert read == site.base_url


@each(
    "typed",
    ["http://vuon.example/", "https://vuon.example", "vuon.example/", "https://localhost/", "https://10.0.0.1/",
     "https://vuon.example/?a/", "https://vuon.example/#/", "https://a:b@vuon.example/", "https://vuon.example/../",
     "https://vuon.example//", "https://vườn.example/", "https://[::1]/", "https://vuon.example:99999/",
     "javascript://vuon.example/", f"https://{'a' * 150}.example/", "https://-a.example/", "x" * 900_000],
    ids=lambda typed: typed[:30],
)  # fmt: skip
def test_an_address_that_cannot_be_printed_for_ever(tmp_path: Path, typed: str) -> None:
    """No plain http, no machine's own name, nothing that is not wholly there."""
    site, (problem,) = read_site(put(tmp_path, SITE.replace("https://vuon.example/", typed)))
    assert (site, problem.field) == (None, "base_url")
    assert len(problem.message.en) < 200


def test_private_numbers_in_settings_are_found(tmp_path: Path) -> None:
    """A site's purpose and a village's introduction are free text too."""
    number = "CCCD 042190001234"
    _, (of_site,) = read_site(put(tmp_path, SITE.replace("Giới thiệu vườn.", number)))
    put(tmp_path, VILLAGE + f"intro: {number}\n", "vuon/village.yaml")
    _, _, (of_village,) = read_village(tmp_path, "profiles/vuon/village.yaml", "Hà Tĩnh")
    assert [(problem.field, problem.severity) for problem in (of_site, of_village)] == [
        ("purpose.vi", Severity.ERROR),
        ("intro.vi", Severity.ERROR),
    ]


def test_a_wrong_province_is_told_once(tmp_path: Path) -> None:
    """The villages are not blamed for the province in site.yaml."""
    put(tmp_path, VILLAGE, "vuon/village.yaml")
    village, commune, problems = read_village(tmp_path, "profiles/vuon/village.yaml", "Hà Tỉnh")
    assert village is not None
    assert commune is not None
    assert (commune.full_name, problems) == ("Xã Phúc Trạch", ())


def test_a_reused_ward_name_is_warned_of_unless_explained(tmp_path: Path) -> None:
    """Phường Trần Phú of today is not the old one; a `former` shows that somebody thought of it."""
    text = VILLAGE.replace("Xã Phúc Trạch", "Phường Trần Phú")
    found = []
    for more in ("", "former: {commune: Xã Thạch Trung}\n"):
        put(tmp_path, text + more, "vuon/village.yaml")
        found.append(
            [p.severity.value for p in read_village(tmp_path, "profiles/vuon/village.yaml", "Hà Tĩnh")[2]]
        )
    assert found == [["warning"], []]
