"""`vuonho plaques` as a team calls it: what it prints, what it records, and what it refuses."""

import io
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from case_kit import each
from command_kit import (
    SLUG,
    Outcome,
    build,
    copy_demo,
    edit,
    files,
    rows,
    twin,
    vuonho,
    vuonho_process,
    without_places,
)
from project_kit import copy_of
from vuonho.plaques.sizes import SIZES
from vuonho.register.register import content_of

pytestmark = pytest.mark.slow

HUONG, MAI, DUC = "482135", "711946", "926002"
LEFT, MOVED, SILENT = "643479", "158589", "594379"
REGISTER = "profiles/codes.csv"
BASE = "https://vuonmau.example/"


@pytest.fixture(scope="module")
def printed_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo with a label printed for each household; to be looked at, not to be changed."""
    root = without_places(copy_demo(tmp_path_factory.mktemp("printed") / "demo"))
    done = plaques(root, "--all", "--size", "63x38")
    assert done.code == 0, done.said
    return root


@pytest.fixture
def printed(printed_demo: Path, tmp_path: Path) -> Path:
    """Return a copy of it that a test may spoil."""
    return twin(printed_demo, tmp_path / "printed")


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """Return the demo as it is shipped."""
    return copy_demo(tmp_path / "demo")


@pytest.fixture
def one(tmp_path: Path) -> Path:
    """Return a project of one household, never printed."""
    return copy_of("good-least", tmp_path)


@pytest.fixture(scope="module")
def unprinted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same, to be looked at and never changed."""
    return copy_of("good-least", tmp_path_factory.mktemp("unprinted"))


def plaques(root: Path, *options: str | Path) -> Outcome:
    """Print without being asked."""
    return vuonho("-C", root, "plaques", "--jobs", "1", "--yes", *options)


def today() -> str:
    return datetime.now().astimezone().date().isoformat()


def pages(pdf: Path) -> Iterator[pypdfium2.PdfPage]:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        yield from document


def text_of(pdf: Path) -> str:
    """Return all words of a PDF."""
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages(pdf))


def codes_of(pdf: Path) -> list[str]:
    """Return what all codes of a PDF say, as a reader that did not write them reads it."""
    pictures = (page.render(scale=300 / 72, grayscale=True).to_numpy() for page in pages(pdf))
    return [found.text for picture in pictures for found in zxingcpp.read_barcodes(picture)]


def register(root: Path) -> dict[str, list[str]]:
    """Return the rows of the register by code."""
    return {row[0]: row for row in rows(root)}


# --- What is asked for --------------------------------------------------------------------------------------------

WRONG_USE = (
    ((), "Chưa chọn hộ", "No household is chosen"),
    (("--draft", "-o", "x.pdf"), "Chưa chọn hộ", "No household is chosen"),
    ((HUONG, "--all"), "Đã ghi mã", "With codes"),
    ((HUONG, "--new"), "Đã ghi mã", "With codes"),
    ((HUONG, "--village", "vuon"), "Đã ghi mã", "With codes"),
    (("--all", "--new"), "Chỉ chọn một", "Choose one of"),
    (("--changed", "--new", "--village", "vuon"), "Chỉ chọn một", "Choose one of"),
    (("--all", "--size", "a6", "--start", "2"), "số ô của tờ", "beyond the places"),
    (("--all", "--size", "a6", "--sheet", "a4", "--start", "5"), "số ô của tờ", "beyond the places"),
    (("--all", "--size", "63x38", "--start", "22"), "số ô của tờ", "beyond the places"),
    (("--all", "--start", "0"), "--start", "--start"),
    (("--all", "--jobs", "0"), "--jobs", "--jobs"),
    (("--all", "--sheet", "a5"), "--sheet", "--sheet"),
    (("--all", "--size", "a7"), "--size", "--size"),
    (("--size", "a3", HUONG), "cả thôn", "a whole village"),
    (("--size", "a3", "--new"), "cả thôn", "a whole village"),
)


@each(("options", "vi", "en"), WRONG_USE)
def test_wrong_use(unprinted: Path, options: tuple[str, ...], vi: str, en: str) -> None:
    """Exit 2, in words, with the way to the help; nothing is written."""
    before = files(unprinted)
    for language, said, help_hint in (("vi", vi, "Xem: "), ("en", en, "See: ")):
        done = plaques(unprinted, *options, "--lang", language)
        assert (done.code, done.out) == (2, "")
        assert said in done.err
        assert f"{help_hint}vuonho plaques --help" in done.err
    assert files(unprinted) == before


@each(
    ("options", "lines"),
    [
        (("--all", "--lang", "en"), [f"{HUONG}  Vườn bà Hường: never printed",
                                     "1 plaque would be printed, run 1. Nothing was written."]),
        ((HUONG,), [f"{HUONG}  Vườn bà Hường: chưa in lần nào", "Sẽ in 1 biển, đợt 1. Chưa ghi gì cả."]),
        (("--changed",), ["Không có biển nào cần in. In lại biển đã in thì chọn hộ (ghi mã, hoặc --all)."]),
    ],
)  # fmt: skip
def test_a_dry_run_says_who_and_why_and_writes_nothing(
    unprinted: Path, options: tuple[str, ...], lines: list[str]
) -> None:
    """Not even the state folder; an unknown size names those that there are."""
    before = files(unprinted)
    done = plaques(unprinted, "--dry-run", *options)
    assert (done.code, done.out.splitlines(), done.err) == (0, lines, "")
    assert (files(unprinted), (unprinted / ".vuonho").exists()) == (before, False)
    refused = plaques(unprinted, "--all", "--size", "a7")
    assert [size for size in SIZES if size not in refused.err] == []


def test_codes_are_printed_in_their_order_or_not_at_all(village: Path) -> None:
    """With spaces and twice, as people type them; one that cannot be printed stops the others too, in words."""
    done = plaques(village, DUC, "482 135", "711946", HUONG, "--dry-run")
    assert [line[:6] for line in done.out.splitlines()[:-1]] == [DUC, HUONG, MAI]
    before = files(village)
    for code in (LEFT, MOVED, SILENT, "482136", "135797"):
        done = plaques(village, HUONG, code)
        assert (done.code, done.out) == (1, "")
        assert code in done.err
        assert "→" in done.err
    assert files(village).keys() - before.keys() <= {".vuonho/.gitignore", ".vuonho/lock"}


def test_a_project_with_an_error_prints_nothing(village: Path) -> None:
    """Wherever an error is that concerns all; all errors are named."""
    edit(village / f"profiles/{SLUG}/chi-mai.yaml", "area: 350", "area: rất rộng")
    edit(village / f"profiles/{SLUG}/village.yaml", "name: Thôn", "nome: Thôn")
    before = (village / REGISTER).read_bytes()
    for options in ((HUONG,), ("--all", "--draft"), ("--all", "--dry-run")):
        done = plaques(village, *options)
        assert done.code == 1
        assert "chi-mai.yaml" in done.err
        assert "village.yaml" in done.err
        assert ((village / REGISTER).read_bytes(), list(village.glob("*.pdf"))) == (before, [])


# --- Drafts and prints --------------------------------------------------------------------------------------------


def test_a_draft_records_nothing(one: Path) -> None:
    """It says so, and each of its pages is marked."""
    before = (one / REGISTER).read_bytes()
    draft = plaques(one, "--new", "--size", "a6", "--draft")
    assert draft.code == 0
    assert "bản thử, chưa ghi vào sổ" in draft.out
    assert ((one / REGISTER).read_bytes(), (one / ".vuonho/register.csv").exists()) == (before, False)
    real = plaques(one, "--new", "--size", "a6")
    assert "Đợt in 1 đã ghi vào sổ" in real.out
    tried, true = one / "bien-a6-thu.pdf", one / "bien-a6-dot-1.pdf"
    assert tried.read_bytes() != true.read_bytes()
    assert ["BẢN THỬ" in text_of(pdf) for pdf in (tried, true)] == [True, False]
    assert codes_of(tried) == codes_of(true)


def test_a_print_is_recorded(printed_demo: Path) -> None:
    """The day, the address in small letters, size, print run and what stands for the words; the rest is as it was."""
    found = register(printed_demo)
    text = (printed_demo / REGISTER).read_text(encoding="utf-8")
    assert text.startswith(
        "code,profile,given,printed,url,status,printed_size,printed_batch,printed_content\n"
    )
    content = content_of("Vườn bà Hường", "Thôn Vườn Mẫu", f"{BASE}{HUONG}/")
    assert found[HUONG] == [
        HUONG, f"{SLUG}/ba-huong.yaml", "2026-10-19", today(), f"{BASE}{HUONG}/", "", "63x38", "1", content,
    ]  # fmt: skip
    assert [found[code][3:] for code in (LEFT, MOVED, SILENT)] == [
        ["", "", "withdrawn", "", "", ""], ["", "", "moved", "", "", ""], ["", "", "", "", "", ""],
    ]  # fmt: skip
    assert (printed_demo / ".vuonho/register.csv").read_text(encoding="utf-8") == text


def test_every_code_of_the_pdf_leads_to_a_household_that_agreed(printed_demo: Path) -> None:
    """Nobody who left or has not agreed is in it, neither as a code nor in words."""
    pdf = printed_demo / "bien-63x38-dot-1.pdf"
    found = [payload.lower() for payload in codes_of(pdf)]
    expected = [row[4] for row in rows(printed_demo) if row[3]]
    assert sorted(found) == sorted(expected)
    assert len(found) == 13
    words = re.sub(r"\s", "", text_of(pdf))
    assert [code for code in (LEFT, MOVED, SILENT) if code in words] == []


def test_new_and_changed_print_what_is_not_printed(printed: Path) -> None:
    """One family chose another name: its plaque is printed again, in the next run, and then nothing is left."""
    stood = files(printed)
    done = plaques(printed, "--new")
    assert (done.code, done.err, "Không có biển nào cần in" in done.out) == (0, "", True)
    assert files(printed) == stood
    edit(printed / f"profiles/{SLUG}/chi-mai.yaml", "name: Nhà chị Mai", "name: Vườn chị Mai")
    assert f"{MAI}  Vườn chị Mai: in ngày" in plaques(printed, "--changed", "--dry-run").out
    before = register(printed)
    done = plaques(printed, "--changed", "--size", "a6")
    assert "bien-a6-dot-2.pdf: 1 biển, 1 trang" in done.out
    after = register(printed)
    assert after[MAI][6:8] == ["a6", "2"]
    assert {code for code in after if after[code] != before[code]} == {MAI}
    assert "Không có biển nào cần in" in plaques(printed, "--changed").out


def test_boards(village: Path) -> None:
    """One a village, in a record of their own that begins with the first; the next comes below it."""
    assert plaques(village, "--all", "--size", "a3", "--dry-run").out.splitlines() == [
        f"{SLUG}  Thôn Vườn Mẫu: 13 hộ", "Sẽ in 1 bảng thôn, 13 hộ, đợt 1. Chưa ghi gì cả.",
    ]  # fmt: skip
    before = (village / REGISTER).read_bytes()
    for batch in (1, 2):
        done = plaques(village, "--village", SLUG, "--size", "a3")
        assert f"bang-thon-dot-{batch}.pdf: 1 bảng thôn, 13 hộ, 1 trang" in done.out, done.said
    line = f"{SLUG},{today()},{BASE}{SLUG}/,"
    boards = (village / "profiles/boards.csv").read_text(encoding="utf-8")
    heading, *rows = [row.rpartition(",")[0] for row in boards.splitlines()]
    assert (heading, rows) == ("village,printed,url,batch", [f"{line}1", f"{line}2"])
    assert (village / REGISTER).read_bytes() == before
    assert plaques(village, HUONG, "--dry-run").out.endswith("đợt 3. Chưa ghi gì cả.\n")
    assert vuonho("-C", village, "check").code == 0


# --- The address ---------------------------------------------------------------------------------------------------


def answering(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    """Sit at a terminal and type an answer; what is asked beyond it ends the program."""
    typed = io.StringIO(f"{answer}\n")
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", typed)


def asking(root: Path, *options: str) -> Outcome:
    """Print as people do, who are asked."""
    return vuonho("-C", root, "plaques", "--jobs", "1", *options)


@pytest.mark.parametrize(
    ("base", "asked"),
    [
        ("https://thon.github.io/", "Địa chỉ https://thon.github.io/ sẽ in lên 1 biển và phải giữ mãi. Đã mở thử địa chỉ ấy trên mạng chưa?"),
        ("https://vuon.example/", "https://vuon.example/ là địa chỉ mẫu, trên mạng không ai mở được: 1 biển in ra sẽ phải bỏ. Vẫn in?"),
    ],
)  # fmt: skip
def test_at_a_terminal_the_first_print_of_an_address_is_asked_about(
    one: Path, monkeypatch: pytest.MonkeyPatch, base: str, asked: str
) -> None:
    """It is kept for ever. No leaves all as it was and says where the address stands; yes prints, and is asked once."""
    edit(one / "profiles/site.yaml", "https://vuon.example/", base)
    before = files(one)
    answering(monkeypatch, "")
    done = asking(one, "--new", "--size", "63x38")
    assert (done.code, asked in done.err) == (0, True), done.said
    assert "base_url trong profiles/site.yaml" in done.out
    assert {
        name: content for name, content in files(one).items() if not name.startswith(".vuonho/")
    } == before
    answering(monkeypatch, "c")
    assert "Đợt in 1" in asking(one, "--new", "--size", "63x38").out
    answering(monkeypatch, "")
    done = asking(one, "--all", "--size", "63x38")
    assert ("Đợt in 2" in done.out, "phải giữ mãi." in done.err) == (True, False)


def test_every_address_printed_for_the_first_time_is_asked_about(
    village: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second print run asks as well; a no typed into a pipe is no yes; a reprint is printed at once."""
    assert plaques(village, "482135", "--size", "63x38").code == 0
    before = (village / REGISTER).read_bytes()
    done = vuonho_process(
        "-C", village, "plaques", "482135", "711946", "--size", "63x38", "--jobs", "1", typed="n\n"
    )
    assert (done.code, "Xem đúng rồi thì chạy lại với --yes." in done.err) == (1, True), done.said
    answering(monkeypatch, "")
    done = asking(village, "482135", "711946", "--size", "63x38")
    assert "In 2 biển; 1 địa chỉ in lần đầu, phải giữ mãi. In thật?" in done.err
    assert (done.code, (village / REGISTER).read_bytes()) == (0, before)
    monkeypatch.undo()
    assert "Đợt in 2" in asking(village, "482135", "--size", "63x38").out


def test_nothing_is_asked_where_nothing_depends_on_it(
    one: Path, village: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With --yes, and for a look; the address of a board is as long-lived as others."""
    for option in ("--dry-run", "--draft", "--yes"):
        answering(monkeypatch, "")
        done = asking(one, "--new", "--size", "63x38", option)
        assert (done.code, "Vẫn in?" in done.said) == (0, False)
    answering(monkeypatch, "")
    done = asking(village, "--all", "--size", "a3", "--lang", "en")
    assert "1 board, 13 households would have to be thrown away. Print all the same?" in done.err
    assert not (village / "profiles/boards.csv").exists()


def test_an_example_that_was_printed_is_to_be_printed_again(one: Path) -> None:
    """It never answered, so it is no older address of the site; the way that is named works."""
    assert plaques(one, "--all", "--size", "63x38").code == 0
    site = one / "profiles/site.yaml"
    edit(site, "https://vuon.example/", "https://thon.github.io/")
    done = vuonho("-C", one, "check")
    assert (
        "→ Địa chỉ mẫu chưa bao giờ mở được: bỏ biển ấy. Thêm https://vuon.example/ vào previous_urls"
        in done.out
    )
    assert "nếu nơi đó vẫn mở được" not in done.out
    edit(site, "title:", "previous_urls: [https://vuon.example/]\ntitle:")
    assert (vuonho("-C", one, "check").code, build(one).code) == (0, 0)
    assert plaques(one, "--changed", "--size", "63x38").code == 0
    assert register(one)[HUONG][4] == f"https://thon.github.io/{HUONG}/"


# --- For ever -----------------------------------------------------------------------------------------------------


def test_after_a_print_the_address_is_kept(one: Path) -> None:
    """check and build pass; another address is refused until the old one is declared; then all is to be reprinted.

    The first address must stay declared after that, for the first plaque may still hang.
    """
    assert plaques(one, "--all", "--size", "63x38").code == 0
    assert (vuonho("-C", one, "check").code, build(one).code) == (0, 0)
    refused = build(one, "--base-url", "https://khac.example/")
    assert (refused.code, "--base-url" in refused.err) == (1, True)
    site = one / "profiles/site.yaml"
    edit(site, "https://vuon.example/", "https://moi.example/")
    before = files(one / "site")
    for done in (vuonho("-C", one, "check"), build(one), plaques(one, "--all")):
        assert done.code == 1
        assert "previous_urls" in done.said
    assert files(one / "site") == before
    edit(site, "title:", "previous_urls: [https://vuon.example/]\ntitle:")
    assert (vuonho("-C", one, "check").code, build(one).code) == (0, 0)
    changed = plaques(one, "--changed", "--dry-run")
    assert "với địa chỉ khác" in changed.out
    assert "Sẽ in 1 biển, đợt 2" in changed.out
    assert plaques(one, "--changed", "--size", "63x38").code == 0
    assert register(one)[HUONG][4] == f"https://moi.example/{HUONG}/"
    assert vuonho("-C", one, "check").code == 0
    edit(site, "previous_urls: [https://vuon.example/]\n", "")
    done = vuonho("-C", one, "check")
    assert (done.code, f"https://vuon.example/{HUONG}/" in done.out, "previous_urls" in done.out) == (
        1,
        True,
        True,
    )


def test_a_reprint_under_another_address_on_the_same_day_is_remembered_with_it(printed: Path) -> None:
    """Register and memory say the same at any moment: the check does not miss the address of the morning."""
    edit(printed / "profiles/site.yaml", "previous_urls: []", f"previous_urls: [{BASE}]")
    edit(printed / "profiles/site.yaml", f"base_url: {BASE}", "base_url: https://moi.example/")
    assert plaques(printed, HUONG, "--size", "a6").code == 0
    assert register(printed)[HUONG][4] == f"https://moi.example/{HUONG}/"
    assert (printed / REGISTER).read_bytes() == (printed / ".vuonho/register.csv").read_bytes()
    assert vuonho("-C", printed, "check").code == 0


def test_who_was_printed_can_only_withdraw(printed: Path) -> None:
    """Consent cannot be emptied; of one that left the row stays as it is, and its code is refused by name."""
    profile = printed / f"profiles/{SLUG}/chi-mai.yaml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(re.sub(r"given: [0-9-]+", "given: ~", text, count=1), encoding="utf-8", newline="\n")
    for done in (vuonho("-C", printed, "check"), plaques(printed, MAI)):
        assert (done.code, f"vuonho withdraw {MAI}" in done.said) == (1, True)
    profile.write_text(
        f'code: "{MAI}"\nwithdrawn: 2026-11-24\nchecked: 2026-11-24\n', encoding="utf-8", newline="\n"
    )
    before = register(printed)[MAI]
    assert plaques(printed, "--all", "--size", "63x38").code == 0
    assert register(printed)[MAI] == before
    assert MAI not in re.sub(r"\D", "", " ".join(codes_of(printed / "bien-63x38-dot-2.pdf")))
    assert "đã rút" in plaques(printed, MAI).err


# --- The register as a spreadsheet leaves it ----------------------------------------------------------------------

EXCEL = (
    "\ufeffcode;profile;given;printed;url;status;Ghi chú;\r\n"
    '482135;vuon/huong.yaml;19/10/2026;;;;"cổng xanh; ngõ 3";\r\n'
    "913470;vuon/cu.yaml;20/10/2026;;;void;;\r\n"
)
FROM_EXCEL = (
    "\ufeffcode,profile,given,printed,url,status,Ghi chú,printed_size,printed_batch,printed_content\r\n"
    "482135,vuon/huong.yaml,2026-10-19,DAY,https://vuon.example/482135/,,cổng xanh; ngõ 3,a6,1,CONTENT\r\n"
    "913470,vuon/cu.yaml,2026-10-20,,,void,,,,\r\n"
)
MOVED_COLUMNS = (
    "code,profile,given,printed,url,status,printed_content,người treo\n"
    '482135,vuon/huong.yaml,2026-10-19,2026-10-25,https://cu.example/482135,,,"Ông Đức, bà Hường"\n'
)
FROM_MOVED = (
    "code,profile,given,printed,url,status,printed_content,người treo,printed_size,printed_batch,printed_earlier\n"
    '482135,vuon/huong.yaml,2026-10-19,DAY,https://vuon.example/482135/,,CONTENT,"Ông Đức, bà Hường",a6,1,https://cu.example/482135\n'
)


@pytest.mark.parametrize(("before", "after"), [(EXCEL, FROM_EXCEL), (MOVED_COLUMNS, FROM_MOVED)])
def test_the_register_is_written_back_as_the_team_keeps_it(one: Path, before: str, after: str) -> None:
    """Mark, line ends and own columns stay; separators and days become those that a register has."""
    (one / REGISTER).write_text(before, encoding="utf-8", newline="")
    edit(one / "profiles/site.yaml", "title:", "previous_urls: [https://cu.example/]\ntitle:")
    assert plaques(one, HUONG, "--size", "a6").code == 0
    content = content_of("Vườn bà Hường", "Thôn Vườn", f"https://vuon.example/{HUONG}/")
    expected = after.replace("DAY", today()).replace("CONTENT", content)
    assert (one / REGISTER).read_bytes().decode("utf-8") == expected
    assert plaques(one, "--new").out.startswith("Không có biển nào cần in")


# --- Where the PDF goes -------------------------------------------------------------------------------------------


NO_PLACE = {
    "kết thúc bằng .pdf": ("bien.docx", "bien", ".pdf"),
    "Không có thư mục": ("không có/bien.pdf",),
    "không ghi tệp này vào thư mục profiles/": ("profiles/bien.pdf", "profiles/vuon/bien.pdf", "in/../profiles/bien.pdf"),
    "không ghi tệp này vào thư mục site/": ("site/bien.pdf",),
    "không ghi tệp này vào thư mục .vuonho/": (".vuonho/bien.pdf",),
    "không do vuonho làm ra": ("của họ.pdf", "sửa.pdf", "thư mục.pdf", "lối tắt.pdf"),
    "Windows không nhận": ("a:b.pdf", "con.pdf"),
}  # fmt: skip


def test_where_a_pdf_may_not_be(one: Path) -> None:
    """Exit 1 in words; the register and whatever is there stay as they are, for a draft as for a print."""
    for folder in ("site", ".vuonho", "in", "thư mục.pdf"):
        (one / folder).mkdir()
    (one / "của họ.pdf").write_bytes(b"%PDF-1.4\n/Creator (Word)\n")
    (one / "sửa.pdf").write_bytes(b"%PDF-1.4\n/Creator (vuonho)\n/Producer (Acrobat)\n")
    if os.name == "nt":  # links need rights there
        shutil.copyfile(one / "của họ.pdf", one / "lối tắt.pdf")
    else:
        (one / "lối tắt.pdf").symlink_to(one / "của họ.pdf")
    before = {path: content for path, content in files(one).items() if not path.startswith(".vuonho")}
    for said, names in NO_PLACE.items():
        for name, options in ((name, options) for name in names for options in ((), ("--draft",))):
            done = plaques(one, "--all", "--size", "a6", "-o", name, *options)
            assert (done.code, done.out) == (1, ""), name
            assert said.casefold() in done.err.casefold(), name
    assert {path: content for path, content in files(one).items() if not path.startswith(".vuonho")} == before


def test_where_a_pdf_may_be(one: Path, tmp_path: Path) -> None:
    """Any name and folder, with any accents; an older PDF of ours gives way, the one in capitals too."""
    (one / "bản in").mkdir()
    outside = tmp_path / "ngoài"
    outside.mkdir()
    for name in ("biển cổng đợt 1.pdf", "bản in/BIỂN.PDF", outside / "bien.pdf"):
        for _again in range(2):
            done = plaques(one, "--all", "--size", "a6", "-o", name)
            assert done.code == 0, done.said
            assert done.out.startswith(f"{Path(name).as_posix()}: 1 biển")
            assert codes_of(one / name) == ["https://VUON.EXAMPLE/482135/"]
    assert register(one)[HUONG][7] == "6"
    assert not [path for path in (*one.rglob("*"), *outside.iterdir()) if path.name.startswith(".bi")]


def test_a_foreign_pdf_of_the_usual_name_stays(one: Path) -> None:
    """The program's own choice of a name is no excuse."""
    (one / "bien-a6-dot-1.pdf").write_bytes(b"%PDF-1.4\n")
    done = plaques(one, "--all", "--size", "a6")
    assert (done.code, (one / "bien-a6-dot-1.pdf").read_bytes()) == (1, b"%PDF-1.4\n")
    assert "không do vuonho làm ra" in done.err


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="a folder that takes no file from anybody")
def test_a_folder_that_takes_no_file(one: Path) -> None:
    """Words, exit 1, and nothing is recorded."""
    before = (one / REGISTER).read_bytes()
    done = plaques(one, "--all", "--size", "a6", "-o", "/proc/bien.pdf")
    assert (done.code, (one / REGISTER).read_bytes()) == (1, before)
    assert "không lường trước" not in done.err
    assert sorted(path.name for path in (one / ".vuonho").iterdir()) == [".gitignore", "lock"]
