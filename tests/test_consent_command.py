"""`vuonho consent`: the papers as a team makes them, and what it is told when it cannot have them."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
import yaml

from canary_kit import CANARIES, CODE, ELSEWHERE, NOBODY, PROFILE, TICKS, Profile, folded, with_ticks
from canary_site import write_project
from command_kit import SLUG, Outcome, copy_demo, edit, files, vuonho

ON_THE_FORM = {("name",), ("head",), ("location", "address")}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo as a project; papers may be made in it, its profiles stay as they are."""
    return copy_demo(tmp_path_factory.mktemp("papers") / "vườn mẫu")


@pytest.fixture
def root(project: Path, tmp_path: Path) -> Path:
    """Return a copy that a test may spoil."""
    return shutil.copytree(project, tmp_path / "demo", ignore=shutil.ignore_patterns("*.pdf", ".vuonho"))


def consent(root: Path, *arguments: str) -> Outcome:
    """Ask for papers in English."""
    return vuonho("-C", root, "--lang", "en", "consent", *arguments)


def pages(file: Path) -> Iterator[str]:
    """Yield the text of each page."""
    with closing(pypdfium2.PdfDocument(file.read_bytes())) as document:
        yield from (page.get_textpage().get_text_bounded() for page in document)


# --- What comes of it ------------------------------------------------------------------------------------------


def test_a_blank_form(project: Path) -> None:
    """Its village stands on it already where there is only one."""
    done = consent(project)
    assert done.code == 0
    said = "phieu-dong-y.pdf: a blank form, 4 pages: a sheet for the team and one for the family."
    assert done.out.startswith(said)
    front = next(pages(project / "phieu-dong-y.pdf"))
    assert "Thôn Vườn Mẫu" in front
    assert "Hường" not in front


def test_an_example_address_is_not_to_be_signed(root: Path) -> None:
    """It stands on the form as the place where all is shown; a real one is passed in silence."""
    said = "Lưu ý: phiếu đang ghi địa chỉ mẫu. Sửa base_url trong profiles/site.yaml rồi in lại, trước khi đưa gia đình ký.\n"
    assert vuonho("-C", root, "consent").err == said
    assert vuonho("-C", root, "consent", "482135").err == said
    assert "địa chỉ mẫu" not in vuonho("-C", root, "consent", "--inventory").said
    edit(root / "profiles/site.yaml", "https://vuonmau.example/ ", "https://thon.github.io/ ")
    assert vuonho("-C", root, "consent").err == ""
    assert "https://thon.github.io/" in "".join(pages(root / "phieu-dong-y.pdf"))


def test_forms_by_code(project: Path) -> None:
    """In the order asked for, each once, agreed or not, also by the address of the page, or as the plaque shows it."""
    done = consent(project, "594", "379", "https://vuonmau.example/482135/", "594379", "-o", "hai.pdf")
    assert done.out.startswith("hai.pdf: forms of 2 households, 8 pages")
    found = list(pages(project / "hai.pdf"))
    assert "Mai Văn Tuất" in found[0]
    assert "Nguyễn Thị Hường" in found[4]


def test_forms_of_a_village_leave_out_who_left(project: Path) -> None:
    """A family that has withdrawn or moved is not asked again."""
    done = consent(project, "--village", SLUG, "-o", "het.pdf")
    assert done.out.startswith("het.pdf: forms of 14 households, 56 pages")
    assert not any(code in page for page in pages(project / "het.pdf") for code in ("643479", "158589"))


def test_the_inventory(project: Path) -> None:
    """Of all households, with the day on which it was made."""
    done = consent(project, "--inventory", "--edition", "en")
    told = "inventory of the data of 14 households, 3 pages. Counts only, nobody's name.\n"
    assert (done.code, done.out) == (0, f"kiem-ke-du-lieu.pdf: {told}")
    first = " ".join(next(pages(project / "kiem-ke-du-lieu.pdf")).split())
    assert "14 with a profile: 13 have agreed" in first


def test_nothing_else_changes(root: Path) -> None:
    """No record, no profile: a paper is only a paper; a filled-in one leaves the blank one where it is."""
    before = files(root / "profiles")
    assert consent(root).code == consent(root, "482135").code == consent(root, "--inventory").code == 0
    assert files(root / "profiles") == before
    assert "Hường" in next(pages(root / "phieu-dong-y-482135.pdf"))
    assert "Hường" not in next(pages(root / "phieu-dong-y.pdf"))
    made = {"phieu-dong-y.pdf", "phieu-dong-y-482135.pdf", "kiem-ke-du-lieu.pdf"}
    assert {path.name for path in root.iterdir()} == {"profiles", ".vuonho", *made}


def test_the_form_is_vietnamese_in_the_commune_s_own_words(root: Path) -> None:
    """It is what the family signs, whatever the site speaks; one line of a file of its own is enough; none is cut off."""
    edit(root / "profiles/site.yaml", "languages: [vi, en]", "languages: [en]")
    assert consent(root).code == 0
    assert "Phiếu đồng ý" in next(pages(root / "phieu-dong-y.pdf"))
    own = root / "templates/languages/vi.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("consent:\n  title: Giấy bằng lòng\n", encoding="utf-8")
    assert consent(root).code == 0
    assert next(pages(root / "phieu-dong-y.pdf")).startswith("Giấy bằng lòng")
    own.write_text(f"consent:\n  means_phone: {'rất dài ' * 1200}\n", encoding="utf-8")
    done = consent(root)
    assert (done.code, done.out, "longer than a page" in done.err) == (1, "", True)


# --- What cannot be --------------------------------------------------------------------------------------------


WRONG = [
    (["643479"], 1, "Household 643479 has withdrawn or moved"),
    (["158589"], 1, "has withdrawn or moved"),
    (["482153"], 1, "Is it 482135?"),
    (["4821"], 1, "a code has 5 to 8"),
    (["999999"], 1, "No household has the code 999999."),
    (["--village", "thon-khac"], 1, f"Write the name of the village's folder: {SLUG}."),
    (["482135", "--all"], 2, "Choose one way"),
    (["--all", "--village", SLUG], 2, "Choose one way"),
    (["--inventory", "--all"], 2, "takes no codes"),
    (["--edition", "fr"], 2, "Choose from: vi, en."),
    (["-o", "phieu.docx"], 1, "must end in .pdf"),
    (["-o", "profiles/x.pdf"], 1, "does not belong into profiles/"),
    (["-o", "khong/x.pdf"], 1, "There is no folder"),
]


def test_what_cannot_be_is_said(root: Path) -> None:
    """In words, with nothing written; a file of somebody else stays, also one that ends in .pdf."""
    (root / "phieu-dong-y.pdf").write_bytes(b"%PDF-1.4 of mine")
    before = files(root)
    for arguments, code, told in [*WRONG, ([], 1, "vuonho did not make it")]:
        done = consent(root, *arguments)
        assert (done.code, done.out) == (code, ""), done.said
        assert told in done.err
    found = {name: content for name, content in files(root).items() if not name.startswith(".vuonho/")}
    assert found == before


def test_another_household_s_error_does_not_matter(root: Path) -> None:
    """Forms are what a team begins with; its own errors do, with file and line; the inventory needs all."""
    edit(root / f"profiles/{SLUG}/chi-mai.yaml", "area: 350", "area: rộng")
    assert consent(root).code == consent(root, "482135").code == 0
    for arguments in (["711946"], ["--inventory"]):
        done = consent(root, *arguments)
        assert done.code == 1
        assert f"profiles/{SLUG}/chi-mai.yaml" in done.err
        assert "Garden · Garden area" in done.err


def test_a_code_that_two_profiles_carry_has_no_form(root: Path) -> None:
    """It would name the wrong family."""
    folder = root / f"profiles/{SLUG}"
    shutil.copyfile(folder / "chi-mai.yaml", folder / "aa-copy.yaml")
    done = consent(root, "711946")
    assert done.code == 1
    assert "aa-copy.yaml" in done.err
    assert consent(root, "482135").code == 0


def test_a_sign_that_cannot_be_printed_is_named_with_its_line(root: Path) -> None:
    """Nothing is left out silently."""
    edit(root / f"profiles/{SLUG}/chi-mai.yaml", "name: ", "name: 🌳 ")
    done = consent(root, "--all")
    assert done.code == 1
    assert f"profiles/{SLUG}/chi-mai.yaml" in done.err
    assert "have no “🌳”" in done.err
    assert ", Name" in done.err
    assert not (root / "phieu-dong-y.pdf").exists()


def test_settings_and_villages_are_needed(root: Path) -> None:
    """A form without a purpose would be none; what cannot be printed on the inventory has its file and line."""
    edit(root / f"profiles/{SLUG}/village.yaml", "name: Thôn Vườn Mẫu", "name: Thôn Vườn Mẫu 🌳")
    done = consent(root, "--inventory")
    assert (done.code, f"profiles/{SLUG}/village.yaml\n  line 1, Village" in done.err) == (1, True)
    edit(root / "profiles/site.yaml", "purpose:", "purpos:")
    done = consent(root)
    assert (done.code, "profiles/site.yaml" in done.err) == (1, True)


def test_a_village_without_households_is_said(root: Path) -> None:
    """With what to do instead."""
    folder = root / "profiles/thon-moi"
    folder.mkdir()
    village = "name: Thôn Mới\ncommune: Xã Phúc Trạch\ncentre: 18.12, 105.76\n"
    (folder / "village.yaml").write_text(village, encoding="utf-8")
    done = consent(root, "--village", "thon-moi")
    assert (done.code, done.out.startswith("There is no household to name on a form.")) == (0, True)
    assert consent(root).code == 0
    head = next(pages(root / "phieu-dong-y.pdf")).partition("Gia đình cần biết")[0]
    assert "Thôn" not in head.replace("Tên thôn", "")


# --- Nothing that is not asked for -----------------------------------------------------------------------------


def canaries(root: Path, profile: Profile, *arguments: str) -> str:
    """Return all that can be read of a paper made of the household of canaries, folded."""
    neighbour = {**with_ticks(()), "code": ELSEWHERE, "name": "Vườn bên", "location": {}, "garden": {}}
    for key in ("head", "living", "products", "visits", "contact", "links", "story", "photos"):
        neighbour.pop(key)
    write_project(root, {"a.yaml": profile, "b.yaml": neighbour})
    done = consent(root, *arguments, "-o", "giay.pdf")
    assert done.code == 0, done.said
    content = (root / "giay.pdf").read_bytes()
    return folded("\n".join((*pages(root / "giay.pdf"), content.decode("latin-1"))))


@pytest.mark.parametrize("ticks", [(), TICKS], ids=["none", "all"])
def test_a_form_says_whose_it_is_and_nothing_else(tmp_path: Path, ticks: tuple[str, ...]) -> None:
    """Name, head and address of the household asked for; whatever else it told is not in the file."""
    words = canaries(tmp_path, with_ticks(ticks), CODE)
    kept_out = [one for one in CANARIES if one.field not in ON_THE_FORM and one.shown != "never"]
    traces = [trace for one in kept_out for trace in one.traces if sum(map(str.isalpha, trace)) > 4]
    assert "wongzet" in words
    assert [trace for trace in (*traces, *NOBODY) if trace in words and trace not in WORDING] == []
    assert "vuon ben" not in words


WORDING = folded("Zalo, Facebook, OCOP")
"""What the form says to everybody."""


def test_a_blank_form_and_the_inventory_name_nobody(tmp_path: Path) -> None:
    """Counts alone, whatever is ticked."""
    for number, arguments in enumerate(([], ["--inventory"])):
        words = canaries(tmp_path / str(number), with_ticks(TICKS), *arguments)
        traces = [
            trace for one in CANARIES for trace in one.traces if len(trace) > 5 and set(trace) & set("zqwjx")
        ]
        assert [trace for trace in (*traces, *NOBODY) if trace in words] == []


def test_consent_that_is_recorded_is_not_printed_as_an_answer(tmp_path: Path) -> None:
    """The form of a household that ticked everything is that of one that never answered."""
    write_project(tmp_path / "all", {"a.yaml": with_ticks(TICKS)})
    silent = yaml.safe_load(yaml.safe_dump(PROFILE))
    silent["consent"] = {"given": None, "publish": []}
    write_project(tmp_path / "none", {"a.yaml": silent})
    for name in ("all", "none"):
        assert consent(tmp_path / name, CODE).code == 0
    one, other = (tmp_path / name / f"phieu-dong-y-{CODE}.pdf" for name in ("all", "none"))
    assert one.read_bytes() == other.read_bytes()
