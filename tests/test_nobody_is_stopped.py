"""Promise 3: a household with an error keeps the page it has and stops nobody else."""

import re
import shutil
from pathlib import Path

import pytest

from command_kit import Outcome, build, files, note_print, rows, twin, vuonho
from fault_kit import count_calls, disturbed, some
from photo_kit import encoded, picture
from publish_kit import bare
from village_kit import SLUG, write_village

pytestmark = pytest.mark.slow

BROKEN, NO_PHOTO, LEFT, NEW = 3, 0, 7, 19
"""Numbers of the households of a village of 20 to which something happens."""
BUILD = """
from vuonho.build import build
from vuonho.errors import VuonhoError
from contextlib import nullcontext
def act(root):
    try:
        build(root, "site", jobs=1, base_url=None, progress=lambda *_: nullcontext(lambda: None), on_wait=lambda: None)
    except VuonhoError:
        return 1
    return 0
"""


def home(root: Path, number: int) -> Path:
    return root / f"profiles/{SLUG}/ho-{number:04}.yaml"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def code_of(root: Path, number: int) -> str:
    return next(row[0] for row in rows(root) if row[1].endswith(f"ho-{number:04}.yaml"))


def page(root: Path, code: str) -> bytes | None:
    path = root / f"site/{code}/index.html"
    return path.read_bytes() if path.is_file() else None


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a village of 20, built while the last household had not agreed; no page shows the way to another."""
    root = write_village(tmp_path_factory.mktemp("thôn") / "đông", 20)
    for path in (root / "profiles" / SLUG).glob("ho-*.yaml"):
        text = path.read_text(encoding="utf-8").replace("exact_point", "near_point")
        path.write_text(text, encoding="utf-8", newline="\n")
    change(home(root, NEW), "given: 2026-10-20", "given: ")
    done = build(root)
    assert done.code == 0, done.said
    return root


@pytest.fixture
def village(built: Path, tmp_path: Path) -> Path:
    """Return a copy that a test may spoil."""
    return twin(built, tmp_path / "thôn đông")


def spoil(root: Path) -> None:
    """One broken YAML, one broken photo, one withdrawn, one new."""
    change(home(root, BROKEN), "garden: {", "garden: [")
    (root / f"profiles/{SLUG}/photos/chung.jpg").write_bytes(b"no photo")
    change(home(root, LEFT), "checked:", "withdrawn: 2026-11-20\nchecked:")
    change(home(root, NEW), "given: ,", "given: 2026-11-01,")


def told(village: Path, code: str) -> str:
    """Return a household's page with plain spaces."""
    return (page(village, code) or b"").decode().replace("\u00a0", " ")


def unmarked(village: Path, code: str) -> bytes:
    """Return a household's page without the mark of the list of codes, which changes with every code."""
    return re.sub(rb"<code>[0-9a-f ]+</code>", b"", page(village, code) or b"")


def test_a_village_of_twenty(village: Path) -> None:
    """18 pages stay as they are, but for the way to a neighbour; the withdrawn one closes, the new one is there."""
    codes = [code_of(village, number) for number in range(20)]
    before = {code: unmarked(village, code) for code in codes}
    assert before[codes[NEW]] == b""
    spoil(village)
    done = build(village)
    assert done.code == 0, done.said
    changed = [code for code in codes if unmarked(village, code) != before[code]]
    beside = [code for code in changed if codes[LEFT].encode() in before[code]]
    beside += [code for code in changed if codes[NEW].encode() in unmarked(village, code)]
    assert {codes[LEFT], codes[NEW]} < set(changed) == set(beside)
    assert len(changed) <= 6
    assert "Trang này đã khép lại" in (page(village, codes[LEFT]) or b"").decode()
    assert page(village, codes[NEW]) is not None
    assert f"ho-{BROKEN:04}.yaml\n  dòng 7" in done.err
    assert "chung.jpg" in done.err
    assert f"ho-{NO_PHOTO:04}.yaml" in done.err
    assert "2 hộ có lỗi (xem ở trên): 2 hộ giữ trang cũ, 0 hộ chưa có trang" in done.err
    assert vuonho("-C", village, "check").code == 1
    assert vuonho("-C", village, "verify").code == 0
    again = build(village)
    assert (again.code, " 0 tệp mới," in again.out) == (0, True)
    change(village / "profiles/site.yaml", "Tổ số", "Tổ công nghệ")  # the last good version stays, not a file
    assert build(village).code == 0
    assert "Tổ công nghệ" in (page(village, codes[BROKEN]) or b"").decode().replace("\u00a0", " ")


def test_killed_at_any_change(village: Path, tmp_path: Path) -> None:
    """Whichever change of a file is the last one: the next command has the whole old site before it, or the new one.

    VUONHO_EVERY_CALL=1 tries all of them; else one of 29, and those round the commit.
    """
    spoil(village)
    (tmp_path / "t").mkdir()
    old, whole = files(village / "site"), count_calls(village, tmp_path / "t", BUILD, keep=True)
    new = files(tmp_path / "t/hiccup-10000/site")
    assert len(new) != len(old)
    (tmp_path / "k").mkdir()
    ended = disturbed("kill", village, tmp_path / "k", BUILD, some(whole, 29))
    assert {code for _, code in ended.values()} == {9}
    for number in ended:
        root = tmp_path / f"k/kill-{number}"
        vuonho("-C", root, "check")
        assert files(root / "site") in (old, new), number
        shutil.rmtree(root)
    assert build(village).code == 0
    assert files(village / "site") == new


# --- What a kept page may show -----------------------------------------------------------------------------


def test_a_tick_taken_back_counts_at_once(village: Path) -> None:
    """Also in a profile that is wrong elsewhere, and for good: what cannot be read later gives nothing back."""
    path, code = home(village, BROKEN), code_of(village, BROKEN)
    text = path.read_text(encoding="utf-8")
    phone = text.partition("phone: ")[2].partition("}")[0]
    ticks = text.partition("publish: [")[2].partition("]")[0]
    path.write_text(text.replace(ticks, "phone, story"), encoding="utf-8", newline="\n")
    assert build(village).code == 0
    assert phone in told(village, code)
    path.write_text(text.replace(ticks, "story").replace("area: ", "area: x"), encoding="utf-8", newline="\n")
    for broken in ("area: x", "garden: ["):
        assert build(village).code == 0
        shown = told(village, code)
        assert phone not in shown
        assert "trồng từ năm" in shown
        change(path, broken, "garden: [")


@pytest.mark.parametrize("is_printed", [True, False])
def test_consent_taken_out_closes_the_page(village: Path, is_printed: bool) -> None:
    """A printed address answers with a notice and its household is named as an error; another page just goes."""
    code = code_of(village, BROKEN)
    if is_printed:
        note_print(village, code, "https://thondong.example/")
    change(home(village, BROKEN), "given: 2026-10-20", "given: ")
    done = build(village)
    assert done.code == 0, done.said
    shown = told(village, code)
    assert ("Trang này đã khép lại" in shown) is is_printed
    assert (f"vuonho withdraw {code}" in done.err) is is_printed
    change(home(village, BROKEN), "garden: {", "garden: [")
    assert build(village).code == 0
    assert told(village, code) == shown


def test_a_withdrawal_goes_through(village: Path) -> None:
    """Whatever else is wrong with the profile, its page closes."""
    slips = ("withdrawn: hôm qua", "withdrawn: 2026-11-20\nmoved_to: 1", "moved_to: 1")
    for number, wrong in enumerate(slips, LEFT):
        change(home(village, number), "checked:", f"{wrong}\nliving: x\nchecked:")
    assert build(village).code == 0
    for number in range(LEFT, LEFT + len(slips)):
        assert "Trang này đã khép lại" in (page(village, code_of(village, number)) or b"").decode()


@pytest.mark.parametrize(
    ("edits", "is_closed", "hidden"),
    [
        ({"checked:": "withdrawn: 2026-11-20\nchecked:"}, True, True),
        ({"given: 2026-10-20": "given:"}, True, True),
        ({"publish: [{ticks}]": "publish: []"}, False, True),
        ({"publish: [{ticks}]": "publish: [Số điện thoại và Zalo]"}, False, False),
    ],
)
def test_a_file_that_is_no_yaml_still_takes_back(
    village: Path, edits: dict[str, str], is_closed: bool, hidden: bool
) -> None:
    """Its lines are read for that alone: a slip elsewhere keeps nothing on the page that the family took off."""
    path, code = home(village, BROKEN), code_of(village, BROKEN)
    note_print(village, code, "https://thondong.example/")
    text = path.read_text(encoding="utf-8")
    phone, ticks = (
        text.partition(start)[2].partition(end)[0] for start, end in (("phone: ", "}"), ("publish: [", "]"))
    )
    text = text.replace(f"publish: [{ticks}]", "publish: [phone, story]")
    path.write_text(text, encoding="utf-8", newline="\n")
    assert build(village).code == 0
    assert phone in told(village, code)
    for old, new in edits.items():
        change(path, old.replace("{ticks}", "phone, story"), new)
    change(path, "story: ", 'story: "')
    assert build(village).code == 0
    shown = told(village, code)
    assert ("Trang này đã khép lại" in shown, phone not in shown) == (is_closed, hidden)
    assert "trồng từ năm" not in shown


def test_a_photo_that_shows_people_now_goes(village: Path) -> None:
    """What the present file says of its photos counts, though the rest of it is wrong."""
    code = code_of(village, NO_PHOTO)
    assert b"photos/" in (page(village, code) or b"")
    change(home(village, NO_PHOTO), "people: false", "people: true")
    change(home(village, NO_PHOTO), "area: ", "area: x")
    assert build(village).code == 0
    assert b'<img src="../photos/' not in (page(village, code) or b"")


def test_a_damaged_memory_is_none(village: Path) -> None:
    """Nothing unforeseen comes of it."""
    code = code_of(village, BROKEN)
    change(home(village, BROKEN), "garden: {", "garden: [")
    for told in ('{"1": 5}', '{"CODE": {"profile": 5, "photos": []}}', "{", '{"CODE": {}}'):
        (village / ".vuonho/out/site/last-good.json").write_text(told.replace("CODE", code), encoding="utf-8")
        done = build(village)
        assert (done.code, "không lường trước" in done.said) == (1, False)


def test_withdrawing_a_household_whose_file_cannot_be_read(village: Path) -> None:
    """The register closes the page; the file waits for somebody to look at it."""
    code = code_of(village, BROKEN)
    change(home(village, BROKEN), "garden: {", "garden: [")
    done = vuonho("-C", village, "withdraw", code, "--yes")
    assert done.code == 0, done.said
    assert build(village).code == 0
    assert "Trang này đã khép lại" in told(village, code)


# --- Who has no page to keep -------------------------------------------------------------------------------


def test_half_a_profile_makes_no_page_and_a_repaired_photo_returns(village: Path) -> None:
    """A new household with an error gets none; the next build takes each household as it is now."""
    spoil(village)
    change(home(village, NEW), "area: ", "area: x")
    done = build(village)
    assert (done.code, page(village, code_of(village, NEW))) == (0, None)
    assert "3 hộ có lỗi (xem ở trên): 2 hộ giữ trang cũ, 1 hộ chưa có trang" in done.err
    (village / f"profiles/{SLUG}/photos/chung.jpg").write_bytes(encoded(picture(), "PNG"))
    done = build(village)
    assert (done.code, "chung.jpg" in done.err) == (0, False)
    assert "2 hộ có lỗi (xem ở trên): 1 hộ giữ trang cũ, 1 hộ chưa có trang" in done.err


def test_a_page_that_is_there_is_not_lost_for_an_error(village: Path) -> None:
    """A site of an older version remembers nothing of its households: the build stops, and the page stays."""
    (village / ".vuonho/out/site/last-good.json").unlink()
    change(home(village, BROKEN), "garden: {", "garden: [")
    before = files(village / "site")
    done = build(village)
    assert (done.code, f"ho-{BROKEN:04}.yaml" in done.err) == (1, True)
    assert files(village / "site") == before


def test_a_printed_address_answers_on_a_computer_that_never_built_it(village: Path) -> None:
    """By a notice without a name; nobody else waits for the error to be corrected."""
    code = code_of(village, BROKEN)
    note_print(village, code, "https://thondong.example/")
    shutil.rmtree(village / ".vuonho")
    shutil.rmtree(village / "site")
    change(home(village, BROKEN), "garden: {", "garden: [")
    assert build(village).code == 0
    assert "Trang này đã khép lại" in told(village, code)
    assert vuonho("-C", village, "verify").code == 0


def test_a_renamed_file_that_cannot_be_read_is_known_by_its_code(village: Path) -> None:
    """A printed household keeps its page, and the proof asks for it."""
    code = code_of(village, NO_PHOTO)
    note_print(village, code, "https://thondong.example/")
    change(home(village, NO_PHOTO), "garden: {", "garden: [")
    home(village, NO_PHOTO).rename(home(village, 77))
    before = page(village, code)
    assert build(village).code == 0
    assert page(village, code) == before
    assert vuonho("-C", village, "verify").code == 0
    (village / f"site/{code}/index.html").unlink()
    assert code in vuonho("-C", village, "verify").said


def test_a_copied_file_takes_nothing_from_its_owner(village: Path) -> None:
    """The copy is named and has no page; the household whose code it carries stays as it is."""
    before = files(village / "site")
    shutil.copyfile(home(village, 5), home(village, 99))
    done = build(village)
    assert (done.code, files(village / "site")) == (0, before)
    assert "ho-0099.yaml" in done.err


# --- The other commands ------------------------------------------------------------------------------------


@pytest.fixture
def wrong(village: Path) -> Path:
    """Return the village with an empty name in a household that never agreed, built."""
    change(home(village, NEW), "name: Vườn", "name: ~ #")
    assert build(village).code == 0
    return village


def printed(root: Path, *arguments: str) -> Outcome:
    return vuonho("-C", root, "plaques", "--draft", "-o", root / "x.pdf", *arguments)


def test_another_familys_plaque_is_printed(wrong: Path) -> None:
    """A reprint asks nothing of the neighbours; the household itself is told what is wrong."""
    done = printed(wrong, code_of(wrong, 1))
    assert done.code == 0, done.said
    every = printed(wrong, "--all")
    assert (every.code, "19 biển" in every.out) == (0, True)
    own = printed(wrong, code_of(wrong, NEW))
    assert (own.code, f"ho-{NEW:04}.yaml" in own.err) == (1, True)


def test_the_papers_of_others_are_printed(wrong: Path) -> None:
    """All forms but that of the household with the error, which is named."""
    done = vuonho("-C", wrong, "consent", "--all", "-o", wrong / "x.pdf")
    assert (done.code, "19 hộ" in done.out) == (0, True), done.said
    assert f"ho-{NEW:04}.yaml" in done.err
    own = vuonho("-C", wrong, "consent", code_of(wrong, NEW), "-o", wrong / "y.pdf")
    assert (own.code, (wrong / "y.pdf").exists()) == (1, False)


def test_the_site_is_published(wrong: Path, tmp_path: Path) -> None:
    """With a count; --strict sends nothing."""
    repository = bare(tmp_path / "kho.git")
    assert vuonho("-C", wrong, "publish", "--to", repository, "--strict").code == 1
    done = vuonho("-C", wrong, "publish", "--to", repository)
    assert (done.code, "1 hộ có lỗi" in done.err) == (0, True), done.said


def test_what_concerns_all_stops_all(village: Path) -> None:
    """An error of the village or the site is nobody's alone."""
    before = files(village / "site")
    change(village / f"profiles/{SLUG}/village.yaml", "centre: 18.1250, 105.7600", "centre: x")
    assert (build(village).code, files(village / "site")) == (1, before)
