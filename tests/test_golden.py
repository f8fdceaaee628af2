"""The golden list: addresses that may hang printed at a gate, and every module of the codes that lead there."""

import csv
import hashlib
import html
import io
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from vuonho.build import look_of
from vuonho.model.codes import is_code
from vuonho.model.public import PublicHousehold, PublicNotice, PublicVillage
from vuonho.pages.map import Route
from vuonho.pages.site import Home, Look, render_code
from vuonho.plaques.board import village_address
from vuonho.plaques.plaque import face_of
from vuonho.project.survey import Survey, survey_whole
from vuonho.qr.symbol import payload, qr_symbol, village_payload
from vuonho.register.choice import Project, Wanted, choose
from vuonho.resources import Artifact

GOLDEN = Path(__file__).parent / "golden"
SEALED = {
    "households": (48, "b7955401e292dc49"),
    "villages": (18, "19544d2a59f39cca"),
    "check_digits": (24, "551f679313198b79"),
}
"""Rows of the first golden list, and a hash of them with their heading: rows are added below these, never changed."""
SITE = """\
base_url: {base_url}
title: Vườn
purpose: Giới thiệu vườn
team: {{name: Tổ số, phone: 0570 100 200}}
"""
VILLAGE = "name: Thôn Đông\ncommune: Xã Phúc Trạch\ncentre: 18.1250, 105.7600\n"
PROFILE = """\
code: "{code}"
name: Vườn số {code}
consent: {{given: 2026-11-02, by: Trần Thị Mơ, how: paper}}
location: {{address: Xóm Đông}}
garden: {{area: 500}}
checked: 2026-11-02
"""
CANONICAL = re.compile(rb'<link rel="canonical" href="([^"]+)">')

Row = Mapping[str, str]


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a golden table."""
    with (GOLDEN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def base_urls() -> list[str]:
    """Return the addresses of the list, as a team writes them into site.yaml."""
    return list(dict.fromkeys(row["base_url"] for row in table("households")))


def of_base(name: str, base_url: str) -> list[dict[str, str]]:
    """Return the rows of a golden table that belong to one address."""
    return [row for row in table(name) if row["base_url"] == base_url]


def write_project(root: Path, base_url: str) -> Path:
    """Write a project with the list's villages, and its households in the first of them."""
    folders = [row["folder"] for row in of_base("villages", base_url)]
    codes = [row["code"] for row in of_base("households", base_url)]
    files = {"site.yaml": SITE.format(base_url=base_url)}
    files |= {f"{folder}/village.yaml": VILLAGE for folder in folders}
    files |= {f"{folders[0]}/ho-{code}.yaml": PROFILE.format(code=code) for code in codes}
    rows = (f"{code},{folders[0]}/ho-{code}.yaml,2026-11-02,,,\n" for code in codes)
    files["codes.csv"] = "".join(("code,profile,given,printed,url,status\n", *rows))
    for name, text in files.items():
        path = root / "profiles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return root


@pytest.fixture(scope="module", params=base_urls())
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Survey:
    """Return the project of one address, read as every command reads it."""
    found = survey_whole(write_project(tmp_path_factory.mktemp("golden"), str(request.param)))
    assert found.problems == ()
    return found


def typed(project: Survey) -> str:
    """Return the address as site.yaml holds it."""
    line, *_ = (project.root / "profiles/site.yaml").read_text(encoding="utf-8").splitlines()
    return line.removeprefix("base_url: ")


def look(project: Survey) -> Look:
    """Return the site's look."""
    return look_of(project.root, project.require())


def canonical(page: Artifact) -> str:
    """Return the address that a page says of itself."""
    (found,) = CANONICAL.findall(page.content)
    return html.unescape(found.decode("utf-8"))


def drawn(said: str) -> dict[str, str]:
    """Return a payload with its symbol: the hash is of its rows from the top, a digit a module, 1 dark, LF after each."""
    one = qr_symbol(said)
    rows = "".join(f"{row:0{one.size}b}\n" for row in one.rows)
    return {
        "payload": said,
        "version": str(one.version),
        "level": one.level,
        "mask": str(one.mask),
        "rows_sha256": hashlib.sha256(rows.encode("ascii")).hexdigest(),
    }


def household_row(project: Survey, home: PublicHousehold) -> Row:
    """Return what this version makes of a household."""
    site, village = project.require(), project.villages[0]
    vi, en = look(project).pages().household(home, village, {})
    image, drawing = render_code(site, home.code)
    return {
        "base_url": typed(project),
        "code": home.code,
        "address": canonical(vi),
        "page_vi": vi.path,
        "page_en": en.path,
        "png": image.path,
        "svg": drawing.path,
        **drawn(payload(site.base_url, home.code)),
    }


def village_row(project: Survey, village: PublicVillage) -> Row:
    """Return what this version makes of a village and its board."""
    site = project.require()
    vi, en, *_ = look(project).pages().village(Home(village, (), Route((), 0.0)))
    return {
        "base_url": typed(project),
        "folder": village.slug,
        "address": canonical(vi),
        "page_vi": vi.path,
        "page_en": en.path,
        **drawn(village_payload(site.base_url, village.slug)),
    }


def test_households_answer_where_they_did(project: Survey) -> None:
    """Addresses, files, and each code's letters and modules are those of the list."""
    actual = {home.code: household_row(project, home) for home in project.households}
    assert actual == {row["code"]: row for row in of_base("households", typed(project))}


def test_villages_answer_where_they_did(project: Survey) -> None:
    """The same for the village boards."""
    actual = {village.slug: village_row(project, village) for village in project.villages}
    assert actual == {row["folder"]: row for row in of_base("villages", typed(project))}


def test_what_people_type_and_what_is_recorded(project: Survey) -> None:
    """The plaque in letters, its code, the board in letters, and the register name the addresses of the list."""
    site, village = project.require(), project.villages[0]
    about = Project(site.base_url, project.villages, project.households, frozenset(), project.register)
    recorded = {one.household.code: one.url for one in choose(about, Wanted())}
    faces = {home.code: face_of(home, village, site) for home in project.households}
    for row in of_base("households", typed(project)):
        face = faces[row["code"]]
        assert (row["address"], row["payload"]) == (f"https://{face.address}", face.payload)
        assert row["address"] == recorded[row["code"]]
    boards = [f"https://{village_address(site, one)}" for one in project.villages]
    assert sorted(row["address"] for row in of_base("villages", typed(project))) == sorted(boards)


def test_a_household_that_left_answers_there_too(project: Survey) -> None:
    """Its notice stands in the files of its page."""
    row = of_base("households", typed(project))[0]
    pages = look(project).pages().notice(PublicNotice(row["code"], "x", None))
    assert [row["page_vi"], row["page_en"]] == [page.path for page in pages]


def test_the_image_says_the_payload(project: Survey) -> None:
    """A reader that did not write it reads the list's letters from the real PNG."""
    row = of_base("households", typed(project))[-1]
    image, _ = render_code(project.require(), row["code"])
    grey = np.asarray(Image.open(io.BytesIO(image.content)).convert("L"))
    assert [row["payload"]] == [found.text for found in zxingcpp.read_barcodes(grey)]


def test_check_digits() -> None:
    """Of the ten digits that may end a code, the list's and no other is right."""
    for row in table("check_digits"):
        right = [digit for digit in "0123456789" if is_code(row["body"] + digit)]
        assert [row["check_digit"]] == right, row["body"]


@pytest.mark.parametrize("name", SEALED)
def test_no_row_was_edited(name: str) -> None:
    """The first list stands as it was: what a plaque says cannot be edited either."""
    count, seal = SEALED[name]
    lines = (GOLDEN / f"{name}.csv").read_text(encoding="utf-8").split("\n")
    first = "".join(f"{line}\n" for line in lines[: count + 1])
    assert seal == hashlib.sha256(first.encode("utf-8")).hexdigest()[:16]
    assert lines[-1] == ""
