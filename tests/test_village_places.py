"""Places and lanes: a code, a page and a plaque each; a lane names who agreed, in walking order, and leads to no point."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from lxml import html
from playwright.sync_api import Browser

from browser_kit import watched
from case_kit import each
from command_kit import build, edit, files, rows, twin, vuonho
from pages_server import served
from village_kit import SLUG, write_village
from vuonho.cli.commands import this_day
from vuonho.pages.ground import GLYPHS
from vuonho.status.status import project_status

AGREED, HOMES = 11, 17
LANE, WELL = "places/ngo-hoa-sim.yaml", "places/gieng-coc.yaml"
COORDINATE = re.compile(rb"(?<!\d)(?:1[78]\.\d{3,}|10[56]\.\d{3,})")


def folder(root: Path) -> Path:
    """The village's folder."""
    return root / "profiles" / SLUG


def homes_of(root: Path) -> list[tuple[str, str]]:
    """Return (code, name) of all households in the order of their files."""
    told = [path.read_text(encoding="utf-8") for path in sorted(folder(root).glob("ho-*.yaml"))]
    found = [(re.search(r'code: "(\d+)"', text), re.search("name: (.*)", text)) for text in told]
    return [(code[1], name[1]) for code, name in found if code and name]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A village that no one has seen: a lane of 17 homes of which every third did not agree, and a well."""
    root = write_village(tmp_path_factory.mktemp("ngõ") / "thôn", HOMES, seed=21)
    lines = []
    for number, (code, name) in enumerate(homes_of(root)):
        path = folder(root) / f"ho-{number:04}.yaml"
        if number % 3:
            edit(path, "publish: [", "publish: [lane, ")
        else:
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(name.removeprefix("Vườn "), f"Zỏxquen {number}"), encoding="utf-8")
        lines.append(f"  - {{home: {code}, side: {('trái', 'phải')[number % 2]}, steps: {20 + 15 * number}}}")
    (folder(root) / "places").mkdir()
    (folder(root) / LANE).write_text(
        "name: Ngõ Hoa Sim\nkind: ngõ\nstart: Cổng chào Wuzmẫu\nhomes:\n" + "\n".join(lines)
        + "\nstory: Ngõ cũ Pửzlam.\nchecked: 2026-11-02\n",
        encoding="utf-8",
    )  # fmt: skip
    (folder(root) / WELL).write_text(
        "name: Giếng Cốc Jừx\nkind: giếng\npoint: 18.1251, 105.7602\n"
        "story: {vi: Giếng đá Zạwtinh., en: A well of zawstone.}\n"
        "photos: [{file: photos/chung.jpg, people: no, caption: Bờ giếng Qoxla}, photos/chung.jpg]\nchecked: 2026-11-02\n",
        encoding="utf-8",
    )
    assert build(root).code == 0
    return root


@pytest.fixture
def village(made: Path, tmp_path: Path) -> Path:
    """A copy of it to be changed."""
    return twin(made, tmp_path / "thôn")


def code_of(root: Path, name: str) -> str:
    """Return the code of a place by its file."""
    return next(row[0] for row in rows(root) if row[1] == f"{SLUG}/{name}")


def named(root: Path, prefix: str = "") -> list[str]:
    """Return the codes that the lane's page leads to, in order."""
    page = html.fromstring((root / "site" / prefix / code_of(root, LANE) / "index.html").read_bytes())
    return [link.split("/")[-2] for link in page.xpath("//section[@class='homes']//ol//a/@href")]


def of_lane(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the lane's own."""
    code = code_of(root, LANE)
    yield from ((path, content) for path, content in files(root / "site").items() if code in path)


def agreed(root: Path) -> list[str]:
    """Return the codes of those that agreed, in the order of the lane."""
    return [code for number, (code, _) in enumerate(homes_of(root)) if number % 3]


def test_a_lane_names_who_agreed_in_walking_order(made: Path) -> None:
    """Eleven of seventeen, on both pages and in the strip; of the others no byte, of nobody a coordinate."""
    right = agreed(made)
    assert len(right) == AGREED
    assert [named(made), named(made, "en")] == [right, right]
    own = dict(of_lane(made))
    strip = own[f"{code_of(made, LANE)}/strip.svg"].decode()
    assert re.findall(r'<text x="\d+" y="\d+">(\d+)<', strip) == [str(n + 1) for n in range(len(right))]
    others = [code for code, _ in homes_of(made) if code not in right]
    for path, content in own.items():
        if path.endswith((".html", ".svg")):
            assert COORDINATE.search(content) is None, path
            assert "Zỏxquen" not in content.decode(), path
            assert [code for code in others if code in content.decode()] == [], path
    data = (made / "site/data/households.json").read_text(encoding="utf-8")
    lane = next(part for part in data.split('{"code"') if "Ngõ Hoa Sim" in part)
    assert '"point":null' in lane
    assert vuonho("-C", made, "verify").code == 0


def test_places_say_what_they_are(made: Path) -> None:
    """Every field of both stands on its pages; a photo that may show people does not."""
    site, well = made / "site", code_of(made, WELL)
    told = html.fromstring((site / well / "index.html").read_bytes()).xpath("string(//p[@class='where'])")
    assert " ".join(told.split()) == "Thôn Đông, xã Phúc Trạch, Hà Tĩnh"
    for tag, told in (("", "Giếng đá Zạwtinh"), ("en/", "A well of zawstone")):
        page = (site / tag / well / "index.html").read_text(encoding="utf-8")
        assert [
            word for word in ("Giếng Cốc Jừx", told, "Bờ giếng Qoxla", "18.1251") if word not in page
        ] == []
        assert page.count("<img") == 3  # the photo, the ground, the code, and no second photo
        lane = (site / tag / code_of(made, LANE) / "index.html").read_text(encoding="utf-8")
        assert [word for word in ("Cổng chào Wuzmẫu", "Pửzlam") if word not in lane] == []
        village = (site / tag / SLUG / "index.html").read_text(encoding="utf-8").replace("\u00a0", " ")
        assert [name for name in ("Giếng Cốc Jừx", "Ngõ Hoa Sim") if name not in village] == []
    assert GLYPHS["well"] in next((site / SLUG).glob("map-*.svg")).read_text(encoding="utf-8")


@pytest.mark.parametrize(("point", "is_drawn"), [("18.1340, 105.7602", True), ("18.2150, 105.7602", False)])
def test_the_map_reaches_as_far_as_its_places(village: Path, point: str, is_drawn: bool) -> None:
    """A place beside the homes widens the frame; to one far off, around which they would be specks, words lead alone."""
    code = code_of(village, WELL)
    edit(folder(village) / WELL, "18.1251, 105.7602", point)
    assert build(village).code == 0
    page = html.fromstring((village / "site" / code / "index.html").read_bytes())
    assert len(page.xpath("//div[@class='plan']")) == is_drawn
    assert page.xpath("//p[@class='buttons']/a[contains(@href, 'destination=')]")
    drawn = next((village / "site" / SLUG).glob("map-*.svg")).read_text(encoding="utf-8")
    assert (GLYPHS["well"] in drawn) == is_drawn


@pytest.mark.browser
def test_a_lane_and_its_code_are_one_sheet_of_paper(browser: Browser, made: Path) -> None:
    """Its strip, its eleven homes and the code that opens the page."""
    with served(made / "site") as site, watched(browser) as page:
        page.goto(f"{site.base}{code_of(made, LANE)}/")
        page.evaluate("Promise.all([...document.images].map(one => (one.loading = 'eager', one.decode())))")
        with pypdfium2.PdfDocument(page.pdf(format="A4")) as pdf:
            assert len(pdf) == 1


def test_who_does_not_agree_is_as_if_never_written(village: Path) -> None:
    """The site is the same, byte for byte, without the lines of those that did not agree: no gap can be counted."""
    before = files(village / "site")
    lane = folder(village) / LANE
    lines = lane.read_text(encoding="utf-8").splitlines(keepends=True)
    right = agreed(village)
    kept = [line for line in lines if "home:" not in line or any(code in line for code in right)]
    lane.write_text("".join(kept), encoding="utf-8")
    shutil.rmtree(village / ".vuonho/out")
    assert build(village).code == 0
    assert files(village / "site") == before


def test_a_family_leaves_its_lane(village: Path) -> None:
    """By its tick, or altogether: no byte of the lane's speaks of it, and an incremental build is as a whole one."""
    first, second, *rest = agreed(village)
    number = [code for code, _ in homes_of(village)].index(second)
    edit(folder(village) / f"ho-{number:04}.yaml", "publish: [lane, ", "publish: [")
    assert vuonho("-C", village, "withdraw", first, "--yes").code == 0
    assert build(village).code == 0
    assert named(village) == rest
    assert [
        path for path, content in of_lane(village) for code in (first, second) if code.encode() in content
    ] == []
    made = files(village / "site")
    shutil.rmtree(village / ".vuonho/out")
    shutil.rmtree(village / "site")
    assert build(village).code == 0
    assert files(village / "site") == made


def test_a_home_comes_between_two_others(village: Path) -> None:
    """It stands where it was written, and the others keep their order."""
    right = agreed(village)
    lane = folder(village) / LANE
    lines = lane.read_text(encoding="utf-8").splitlines(keepends=True)
    at = [number for number, line in enumerate(lines) if "home:" in line]
    moved = lines.pop(at[-1])
    lines.insert(at[4], moved)
    lane.write_text("".join(lines), encoding="utf-8")
    assert build(village).code == 0
    codes = [code for code, _ in homes_of(village)]
    order = [*codes[:4], codes[-1], *codes[4:-1]]
    assert named(village) == [code for code in order if code in right]


def test_a_plaque_of_a_lane_and_of_a_well_reads_back(village: Path) -> None:
    """The PDF is proved as any; it says what the code opens, and nobody's name or place."""
    codes = code_of(village, LANE), code_of(village, WELL)
    assert vuonho("-C", village, "plaques", *codes, "-o", "bien.pdf", "--yes").code == 0
    with pypdfium2.PdfDocument(village / "bien.pdf") as pdf:
        lane, well = (" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)
    assert "Quét mã để xem các nhà trong ngõ" in lane.replace("- ", "")
    assert [
        word
        for word in ("Ngõ Hoa Sim Thôn Đông Quét", "homes in this lane", f"{codes[0][:3]} {codes[0][3:]}")
        if word not in lane
    ] == []
    assert [word for word in ("Giếng Cốc Jừx Village well, Thôn Đông",) if word not in well] == []
    assert [name for _, name in homes_of(village) if name in lane] == []
    assert COORDINATE.search(lane.encode()) is None
    assert {row[0] for row in rows(village) if row[3]} == set(codes)
    assert project_status(village, this_day()).lost == ()  # printed, and answering
    said = vuonho("-C", village, "plaques", codes[0], "--size", "99x67", "--draft")
    assert (said.code, "chỉ in được biển" in said.said) == (1, True)


def test_status_counts_and_names_the_plaques_of_places(village: Path) -> None:
    """Never printed, found faded or gone, of another name: until it is printed again, and again when that is undone."""
    codes = lane, well = code_of(village, LANE), code_of(village, WELL)

    def told() -> list[tuple[str, str]]:
        """Return what the line of places says, and which of them stand under which task."""
        said = " ".join(vuonho("-C", village, "--lang", "en", "status", "--all").said.split())
        found = re.search(r"Places 2 places: (.*?) Profiles", said)
        tasks = ("Hang the plaques of", "Print plaques for", "Print plaques of")
        named = {
            what: [code for code in codes if code in said.partition(f"{what} places")[2].split(" - ")[0]]
            for what in tasks
        }
        return [("", found[1] if found else ""), *((what, " ".join(those)) for what, those in named.items())]

    def standing(hang: str, new: str, again: str) -> list[tuple[str, str]]:
        count = f"{len(new.split())} without plaque, {len(again.split())} to print again"
        return [
            ("", count), ("Hang the plaques of", hang), ("Print plaques for", new), ("Print plaques of", again),
        ]  # fmt: skip

    assert told() == standing("", f"{lane} {well}", "")
    assert vuonho("-C", village, "plaques", lane, well, "--yes", "-o", "a.pdf").code == 0
    assert told() == standing(f"{lane} {well}", "", "")
    assert vuonho("-C", village, "plaques", "--hung", well).code == 0
    assert told() == standing(lane, "", "")
    walk = village / "walk.txt"
    today = this_day().isoformat()
    seen = ", ".join(
        f'{{code: "{code}", day: "{today}", condition: {how}}}'
        for code, how in zip(codes, ("gone", "faded"), strict=True)
    )
    walk.write_text(f"vuonho_patrol: 1\nplaques: [{seen}]\npictures: {{}}\nend: vuonho\n", encoding="utf-8")
    assert vuonho("-C", village, "import", walk, "--yes").code == 0
    assert told() == standing("", "", f"{lane} {well}")
    assert vuonho("-C", village, "plaques", "--changed", "--yes", "-o", "b.pdf").code == 0
    assert told() == standing(f"{lane} {well}", "", "")
    assert vuonho("-C", village, "undo", "--yes").code == 0
    assert told() == standing("", "", f"{lane} {well}")
    assert vuonho("-C", village, "plaques", "--changed", "--yes", "-o", "c.pdf").code == 0
    edit(folder(village) / WELL, "name: Giếng Cốc Jừx", "name: Giếng Mới")
    assert told() == standing(lane, "", well)


WRONG = {
    "a lane with a point": ("kind: ngõ\n", "kind: ngõ\npoint: 18.125, 105.76\n", "tọa độ"),
    "a home that is not": ("{home: ", "{home: 0", "homes.1.home"),
    "a stranger": (r"home: \d+", "home: 926002", "926002"),
    "no such kind": ("kind: ngõ", "kind: nhà hàng", "nhà hàng"),
    "no such side": ("side: trái", "side: giữa", "giữa"),
    "an unknown key": ("checked:", "gps: 18.1\nchecked:", "gps"),
    "homes of a well": ("kind: ngõ", "kind: giếng", "Chỉ ngõ mới có"),
    "no YAML": ("kind: ngõ", "kind: [ngõ", LANE),
}


_WHOLE: dict[Path, str] = {}


@each("name", list(WRONG))
def test_a_place_with_an_error_keeps_its_page(village: Path, name: str) -> None:
    """It is named with its file and what to do; its page and all others stay, and `check` fails."""
    old, new, said = WRONG[name]
    path = folder(village) / LANE
    text = _WHOLE.setdefault(path, path.read_text(encoding="utf-8"))
    path.write_text(re.sub(old.replace("{", r"\{"), new, text, count=1), encoding="utf-8")
    before = dict(of_lane(village))
    told = vuonho("-C", village, "check")
    assert (told.code, LANE in told.said, "Traceback" in told.said) == (1, True, False)
    assert said in told.said or said in vuonho("-C", village, "check", "--format", "json").said
    assert build(village).code == 0
    assert dict(of_lane(village)) == before


def test_a_binary_and_a_huge_file_are_one_clear_error(village: Path) -> None:
    """Whatever lies in places/ ends in words."""
    (folder(village) / "places/anh.yaml").write_bytes(b"\xff\xd8\xff\xe0" + bytes(3_000))
    (folder(village) / "places/to.yaml").write_text("name: x\n" * 400_000, encoding="utf-8")
    told = vuonho("-C", village, "check")
    assert (told.code, "Traceback" in told.said) == (1, False)
    assert all(name in told.said for name in ("places/anh.yaml", "places/to.yaml"))


def test_a_renamed_file_is_the_same_place(village: Path) -> None:
    """The code is the identity: the register follows, and the page stays where it was."""
    code = code_of(village, WELL)
    (folder(village) / WELL).rename(folder(village) / "places/gieng-da.yaml")
    assert build(village).code == 0
    assert code_of(village, "places/gieng-da.yaml") == code
    assert (village / "site" / code / "index.html").is_file()


def test_a_place_that_vanishes_stops_the_build_and_one_that_leaves_answers(village: Path) -> None:
    """Without a word its file may not go; withdrawn, its address answers with a notice, and its code is never given."""
    code = code_of(village, WELL)
    away = (folder(village) / WELL).read_bytes()
    (folder(village) / WELL).unlink()
    assert build(village).code == 1
    (folder(village) / WELL).write_bytes(away)
    assert vuonho("-C", village, "withdraw", code, "--yes").code == 0
    assert build(village).code == 0
    assert b"noindex" in (village / "site" / code / "index.html").read_bytes()
    everything = b"".join(files(village / "site").values())
    assert [word for word in ("Cốc Jừx", "Zạwtinh", "zawstone", "Qoxla") if word.encode() in everything] == []
    assert vuonho("-C", village, "verify").code == 0


def test_no_family_is_spoken_of_where_a_place_is_meant(village: Path) -> None:
    """Its file gone, withdrawn, printed or walked past: in words, and on its page also where only the row is left."""
    code = code_of(village, WELL)
    walk = village / "walk.txt"
    walk.write_text(
        f'vuonho_patrol: 1\nplaques: [{{code: "{code}", day: 2026-11-02, condition: gone}}]\npictures: {{}}\nend: vuonho\n',
        encoding="utf-8",
    )
    told = [
        vuonho("-C", village, "plaques", "--hung", code).said,
        vuonho("-C", village, "import", walk).said,
    ]
    (folder(village) / WELL).unlink()
    told += [vuonho("-C", village, *typed).said for typed in (
        ("check",), ("withdraw", code, "--yes"), ("withdraw", code), ("plaques", code, "--draft"), ("remove", code),
        ("import", walk),
    )]  # fmt: skip
    assert [said for said in told if re.search(f"(?i)gia đình|hộ {code}|trang cũ của hộ", said)] == []
    assert sum(f"Nơi {code}" in said for said in told) == 6
    assert build(village).code == 0
    page = (village / "site" / code / "index.html").read_text(encoding="utf-8")
    assert "Thôn không còn giới thiệu nơi này" in page


def test_a_backup_holds_places_and_a_lost_row_comes_back(village: Path, tmp_path: Path) -> None:
    """Restored into another folder the site is the same; a row that somebody deleted is put back."""
    code = code_of(village, LANE)
    register = village / "profiles/codes.csv"
    lines = register.read_text(encoding="utf-8").splitlines(keepends=True)
    register.write_text("".join(line for line in lines if not line.startswith(code)), encoding="utf-8")
    assert build(village).code == 0
    assert code_of(village, LANE) == code
    assert vuonho("-C", village, "backup", tmp_path / "cat.zip").code == 0
    assert vuonho("restore", tmp_path / "cat.zip", tmp_path / "khac", "--yes").code == 0
    assert build(tmp_path / "khac").code == 0
    there = files(tmp_path / "khac/site")
    assert {path: there[path] for path in files(village / "site")} == files(village / "site")
