"""A build that makes only what has changed gives the very site, and says the very words, of one that makes all of it."""

import os
import random
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock, Timeout

from case_kit import each
from command_kit import build, files, vuonho, vuonho_process
from photo_kit import encoded, picture
from village_kit import write_villages
from vuonho.pages.site import Gate, Pages, Unit, _render_household, assemble
from vuonho.pictures.cache import Album
from vuonho.project import survey
from vuonho.project.profile import Profile, read_profile
from vuonho.project.stamp import Stamp, stamp
from vuonho.resources import Artifact

SEQUENCES, STEPS = 5, 8
"""How many there are in the suite; more by `VUONHO_SEQUENCES=200 VUONHO_STEPS=10`."""
FIRST = int(os.environ.get("VUONHO_FIRST", "0"))
"""The seed of the first one; the next have the next ones."""

Step = Callable[[Path, random.Random], None]


def profiles(root: Path) -> list[Path]:
    """Return the files of all households."""
    return sorted(path for path in root.glob("profiles/*/*.yaml") if path.name != "village.yaml")


def some(root: Path, chance: random.Random) -> Path:
    """Return the file of a household."""
    return chance.choice(profiles(root))


def rewrite(path: Path, pattern: str, new: str) -> None:
    """Replace the first place of a pattern in a text file, where there is one."""
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(pattern, new, text, count=1, flags=re.MULTILINE), encoding="utf-8", newline="\n")


def rename(root: Path, chance: random.Random) -> None:
    """Give a garden another name, of the same length or not."""
    rewrite(some(root, chance), r"^name: .*", f"name: Vườn nhà {chance.choice(['Ba', 'Tư', 'Năm Hiền'])}")


def change_crop(root: Path, chance: random.Random) -> None:
    """Let a crop be another."""
    rewrite(some(root, chance), r"Bưởi Phúc Trạch|Cam chanh|Chè xanh", chance.choice(["Mít", "Ổi", "Cây lạ"]))


def break_one(root: Path, chance: random.Random) -> None:
    """Put an error into a profile."""
    rewrite(some(root, chance), r"^checked: .*", "checked: hôm qua")


def heal(root: Path, _: random.Random) -> None:
    """Take all errors out of the profiles."""
    for path in profiles(root):
        rewrite(path, "^checked: hôm qua", "checked: 2026-11-02")


def add(root: Path, chance: random.Random) -> None:
    """Let a family come, whose file is a copy without a code."""
    one = some(root, chance)
    copy = one.with_name(f"moi-{chance.randrange(1000)}.yaml")
    shutil.copy(one, copy)
    rewrite(copy, r"^code: .*\n", "")


def take_away(root: Path, chance: random.Random) -> None:
    """Delete a profile that was copied."""
    for path in chance.sample(found := sorted(root.glob("profiles/*/moi-*.yaml")), min(1, len(found))):
        path.unlink()


def move_file(root: Path, chance: random.Random) -> None:
    """Give a profile another name of file."""
    path = some(root, chance)
    path.rename(path.with_name(f"x{chance.randrange(1000)}-{path.name}"))


def leave(root: Path, chance: random.Random) -> None:
    """Let a family leave, or move to another one's page."""
    codes = re.findall(r"^(\d+),", (root / "profiles/codes.csv").read_text(encoding="utf-8"), re.MULTILINE)
    one, other = chance.sample(codes, 2)
    vuonho("-C", root, "withdraw", one, "--yes", *chance.choice([[], ["--moved-to", other]]))


def untick(root: Path, chance: random.Random) -> None:
    """Let a family take its ticks back."""
    rewrite(some(root, chance), r"publish: \[[^\]]*\]", "publish: []")


def change_photo(root: Path, chance: random.Random) -> None:
    """Put another picture in place of the one of a village."""
    photo = chance.choice(sorted(root.glob("profiles/*/photos/*")))
    photo.write_bytes(encoded(picture(width=chance.randrange(320, 640)), "JPEG"))


def name_photo(root: Path, chance: random.Random) -> None:
    """Take a photo out of its folder, or put it there again."""
    photo = chance.choice(sorted(root.glob("profiles/*/photos/*")))
    photo.rename(photo.with_name("khac.jpg" if photo.name == "chung.jpg" else "chung.jpg"))


def change_template(root: Path, chance: random.Random) -> None:
    """Have a template of the project's own, or change it."""
    own_template(root, f"<p>{chance.random()}</p>")


def own_template(root: Path, more: str) -> None:
    """Have a page of a household of the project's own, which says something more."""
    (root / "templates").mkdir(exist_ok=True)
    shipped = (Path(__file__).parent.parent / "templates/household.html").read_text(encoding="utf-8")
    (root / "templates/household.html").write_text(
        shipped.replace("</article>", f"{more}</article>"), encoding="utf-8"
    )


def change_wording(root: Path, chance: random.Random) -> None:
    """Say something in other words."""
    folder = root / "templates/languages"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vi.yaml").write_text(f"lost:\n  title: Không thấy {chance.random()}\n", encoding="utf-8")


def change_setting(root: Path, chance: random.Random) -> None:
    """Give the site another title, or a village another commune."""
    if chance.random() < 0.5:
        rewrite(
            root / "profiles/site.yaml", "title: {vi: [^,]*", f"title: {{vi: Vườn {chance.randrange(100)}"
        )
    else:
        village = chance.choice(sorted(root.glob("profiles/*/village.yaml")))
        rewrite(village, "^commune: .*", f"commune: {chance.choice(['Xã Phúc Trạch', 'Xã Hương Khê'])}")


def add_word(root: Path, chance: random.Random) -> None:
    """Have a crop of the project's own."""
    (root / "words").mkdir(exist_ok=True)
    rows = f"vi,en,months\nCây lạ,Strange tree,{chance.randrange(1, 12)}\n"
    (root / "words/crops.csv").write_text(rows, encoding="utf-8")


def touch(root: Path, chance: random.Random) -> None:
    """Let files be newer, or as old as the hills, and say the same."""
    os.utime(some(root, chance), ns=(0, chance.choice([1, 10**18, 2 * 10**18])))


def keep_the_time(root: Path, chance: random.Random) -> None:
    """Change one letter of a file at once after it was read, without a trace in its size and time."""
    path = some(root, chance)
    before, text = path.stat(), path.read_text(encoding="utf-8")
    path.write_text(text.replace("Vườn", "Vưởn", 1), encoding="utf-8", newline="\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def spoil_site(root: Path, chance: random.Random) -> None:
    """Edit a page of the site by hand, or lose it."""
    for page in chance.sample(found := sorted(root.glob("site/**/*.html")), min(1, len(found))):
        page.write_text("x", encoding="utf-8") if chance.random() < 0.5 else page.unlink()


def spoil_memory(root: Path, chance: random.Random) -> None:
    """Damage what is remembered, or lose it."""
    for memo in root.glob(".vuonho/out/*/memo.sqlite"):
        content = memo.read_bytes()
        at = chance.randrange(len(content))
        memo.write_bytes(
            chance.choice([b"", content[:at], b"\0" * 5000, content[:at] + b"x" * 99 + content[at + 99 :]])
        )


def change_guide(root: Path, chance: random.Random) -> None:
    """A guide of the project's own is written, changed or taken away."""
    guide = root / "guides" / chance.choice(["bai-thu.md", "lua-dao.md"])
    if guide.exists() and chance.random() < 0.4:
        guide.unlink()
        return
    guide.parent.mkdir(exist_ok=True)
    head = "---\ntitle: Bài thử\nchecked: 2026-11-20\nsource: [Tự viết 20/11/2026]\n---\n"
    guide.write_text(f"{head}Lần {chance.randrange(1000)}.\n", encoding="utf-8")


def change_team(root: Path, chance: random.Random) -> None:
    """Somebody of a village's team agrees, or no longer, or has another number."""
    village = chance.choice(sorted(root.glob("profiles/*/village.yaml")))
    agreed = chance.choice(["", "2026-11-20"])
    team = f"team: {{members: [{{name: Phan Mẫu, phone: 0570 100 {chance.randrange(100, 999)}, agreed: {agreed}}}]}}\n"
    village.write_text(
        re.sub("(?m)^team:.*\n", "", village.read_text(encoding="utf-8")) + team, encoding="utf-8"
    )


EDITS: tuple[Step, ...] = (
    rename, change_crop, break_one, heal, add, take_away, move_file, leave, untick, change_photo, name_photo,
    change_template, change_wording, change_setting, add_word, change_guide, change_team, touch, keep_the_time, spoil_site, spoil_memory,
)  # fmt: skip


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two villages of four, with a photo in each."""
    return write_villages(tmp_path_factory.mktemp("incremental") / "lang", 8, 4, 3)


@each("seed", range(FIRST, FIRST + int(os.environ.get("VUONHO_SEQUENCES", SEQUENCES))))
def test_what_has_not_changed_is_not_made_again_and_nobody_sees_it(
    village: Path, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was edited, in whatever order: with what is remembered and without it comes the same."""
    monkeypatch.setattr("vuonho.output.files.JUST_NOW", 20_000_000)
    root, other, chance = tmp_path / "a" / "lang", tmp_path / "b" / "lang", random.Random(seed)  # noqa: S311
    shutil.copytree(village, root)
    told: list[str] = []
    for _ in range(int(os.environ.get("VUONHO_STEPS", STEPS))):
        vuonho("-C", root, "assign")  # a new code is any number
        shutil.rmtree(other, ignore_errors=True)
        shutil.copytree(root, other)
        for known in ("memo.sqlite", "stamp.json"):
            (other / ".vuonho/out/site" / known).unlink(missing_ok=True)
        time.sleep(0.05)  # what was just edited is not trusted to stay
        quick, whole = build(root, "--lang", "en"), build(other, "--lang", "en")
        assert told or quick.code == 0
        assert quick.code == whole.code, told
        assert "unforeseen" not in quick.said, told
        assert quick.said.replace(str(root), "") == whole.said.replace(str(other), ""), told
        (other / ".vuonho/out/site/memo.sqlite").unlink(missing_ok=True)
        quick, whole = (vuonho("-C", one, "check", "--format", "json") for one in (root, other))
        assert quick == whole, told
        if (root / "site").exists():
            assert files(root / "site") == files(other / "site"), told
        assert files(root / "profiles") == files(other / "profiles"), told
        for edit in chance.sample(EDITS, chance.choice([0, 1, 1, 1, 2, 3])):
            edit(root, chance)
            told.append(edit.__name__)


def _as_new(root: Path) -> dict[str, bytes]:
    """Return the files of the site as a build makes them that remembers nothing."""
    for name in ("memo.sqlite", "stamp.json"):
        (root / ".vuonho/out/site" / name).unlink(missing_ok=True)
    assert build(root).code == 0
    return files(root / "site")


def test_a_family_that_comes_lets_the_pages_of_other_villages_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In their foot stands another mark of the codes; a family that quotes the mark has its words left alone."""
    root, made = write_villages(tmp_path / "p", 6, 3, 2), list[str]()

    def counted(pages: Pages, gate: Gate, album: Album) -> Iterator[Artifact]:
        made.append(gate.household.village)
        return _render_household(pages, gate, album)

    assert build(root).code == 0
    mark = re.search("<code>(.*?)</code>", pages_of(root)[0])
    assert mark
    one, *_, other = profiles(root)
    rewrite(one, r"^name: .*", f"name: {mark[1]}")
    assert build(root).code == 0
    monkeypatch.setattr("vuonho.pages.site._render_household", counted)
    copy = other.with_name("moi.yaml")
    copy.write_text(re.sub("(?m)^code: .*\n", "", other.read_text(encoding="utf-8")), encoding="utf-8")
    assert build(root).code == 0
    assert made.count(other.parent.name) >= 1
    assert 0 < made.count(one.parent.name) < 3
    assert files(root / "site") == _as_new(root)


ENDLESS = """
    DROP TABLE memo;
    CREATE VIEW memo AS WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)
    SELECT 'unit' AS kind, x AS name, x AS key, x AS value, x AS seal FROM c WHERE x < 0;
"""


@each(
    "damage",
    [
        "UPDATE memo SET value = replace(value, 'Hường', 'Hươngg') WHERE kind = 'profile'",
        "UPDATE memo SET value = json_set(value, '$.reading.household', 'x') WHERE kind = 'profile'",
        "UPDATE memo SET value = '{}' WHERE kind = 'unit'",
        ENDLESS,
    ],
)
def test_what_is_remembered_wrongly_is_not_believed(tmp_path: Path, damage: str) -> None:
    """It may be damaged, or made by a stranger."""
    root = write_villages(tmp_path / "p", 4, 2, 2)
    assert build(root).code == 0
    with closing(sqlite3.connect(root / ".vuonho/out/site/memo.sqlite")) as memo:
        memo.executescript(damage)
    rewrite(profiles(root)[0], r"^name: .*", "name: Vườn nhà Tư")
    assert build(root).code == 0
    assert files(root / "site") == _as_new(root)


def test_what_is_remembered_is_not_believed_of_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have come from anywhere, with the project."""
    root, copy = write_villages(tmp_path / "p", 4, 2, 2), tmp_path / "copy"
    assert build(root).code == 0
    shutil.copytree(root, copy)
    read: list[str] = []

    def counted(root: Path, file: str, village: str) -> Profile:
        read.append(file)
        return read_profile(root, file, village)

    monkeypatch.setattr(survey, "read_profile", counted)
    assert build(root).code == 0
    assert not read
    assert build(copy).code == 0
    assert len(read) == len(profiles(copy))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_pipe_beside_what_is_remembered_is_not_waited_for(tmp_path: Path) -> None:
    """It would be waited for without end."""
    root = write_villages(tmp_path / "p", 2, 2, 2)
    assert build(root).code == 0
    os.mkfifo(root / ".vuonho/out/site/memo.sqlite-journal")
    rewrite(profiles(root)[0], r"^name: .*", "name: Vườn nhà Tư")
    assert vuonho_process("-C", root, "build").code == 0


def test_a_profile_that_is_saved_while_it_is_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read is of the file as it was."""
    root = write_villages(tmp_path / "p", 4, 2, 2)
    first = profiles(root)[0]

    def saved_meanwhile(root: Path, file: str, village: str) -> Profile:
        found = read_profile(root, file, village)
        if file.endswith(first.name):
            rewrite(first, r"^name: .*", "name: Vườn nhà Tư")
        return found

    with monkeypatch.context() as during:
        during.setattr(survey, "read_profile", saved_meanwhile)
        assert build(root).code == 0
    assert build(root).code == 0
    assert files(root / "site") == _as_new(root)


def pages_of(root: Path) -> list[str]:
    """Return the pages of all households."""
    return [path.read_text(encoding="utf-8") for path in root.glob("site/[0-9]*/index.html")]


def test_a_template_that_is_saved_is_seen_at_the_next_build(tmp_path: Path) -> None:
    """Also by a program that goes on, as the preview does."""
    root = write_villages(tmp_path / "p", 2, 2, 2)
    for more in ("one", "two", "one"):
        own_template(root, f"<p>{more}</p>")
        assert build(root).code == 0
        assert all(f"<p>{more}</p>" in page for page in pages_of(root))


def test_a_template_that_is_saved_while_pages_are_made_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be taken back before the next build, which then knows its old content."""
    root = write_villages(tmp_path / "p", 2, 2, 2)

    def saved_meanwhile(*given: Any) -> Iterator[Unit]:
        own_template(root, "<p>else</p>")
        return assemble(*given)

    own_template(root, "")
    with monkeypatch.context() as during:
        during.setattr("vuonho.build.assemble", saved_meanwhile)
        assert build(root).code == 0
    own_template(root, "")
    assert build(root).code == 0
    assert not any("<p>else</p>" in page for page in pages_of(root))


def test_no_other_build_comes_between_one_and_its_stamp(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stamp would tell of the site of the other one."""
    root, kept = write_villages(tmp_path / "p", 2, 2, 2), [0]

    def watched(*_: object) -> None:
        kept[0] += 1
        with pytest.raises(Timeout):
            FileLock(root / ".vuonho/lock", is_singleton=False).acquire(timeout=0)

    monkeypatch.setattr(Stamp, "keep", watched)
    assert build(root).code == 0
    assert kept == [1]


def test_a_check_works_nothing_out_for_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It writes nothing, so it has nothing to keep."""
    root = write_villages(tmp_path / "p", 3, 3, 3)
    monkeypatch.setattr("vuonho.project.recall.encode", lambda *_: pytest.fail("nobody keeps that"))
    assert vuonho("-C", root, "check").code == 0


def test_links_that_lead_round_hold_up_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of them alone are a maze of 2 to the power of 40 folders."""
    folder, looked, scandir = tmp_path / "profiles/thon", [0], os.scandir
    folder.mkdir(parents=True)
    for name in ("one", "two"):
        (folder / name).symlink_to(tmp_path / "profiles")

    def counted(path: Path | str) -> object:
        looked[0] += Path(path).is_relative_to(tmp_path)
        assert looked[0] < 100
        return scandir(path)

    monkeypatch.setattr("vuonho.project.stamp.os.scandir", counted)
    assert not stamp(tmp_path, "site").is_settled
