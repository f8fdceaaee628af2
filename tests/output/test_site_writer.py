"""The writer of a site: all of a build or none of it, and nobody else's file is touched."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from case_kit import each
from fault_kit import count_calls, disturbed
from vuonho.errors import MachineError, UserError
from vuonho.output import files
from vuonho.output.lock import locked
from vuonho.output.site_folder import check_path, find_place, read_manifest
from vuonho.output.site_writer import Kept, SiteWriter, Summary, order_of, recover
from vuonho.resources import Artifact

OLD = {
    "index.html": b"home",
    "482135/index.html": b"page",
    "qr/482135.png": b"code",
    "gone/a/index.html": b"gone",
}
NEW = {
    "index.html": b"home 2",
    "482135/index.html": b"page",
    "qr/482135.png": b"code 2",
    "en/index.html": b"new",
}
THEIRS = {"CNAME": b"vuonmau.example", "gone/a/mine.txt": b"mine"}
EDITED = {"index.html": b"by hand"}
AT_REST = {".gitignore", "lock", "out/site/manifest.json"}
ACT = f"""
from vuonho.errors import VuonhoError
from vuonho.output.lock import locked
from vuonho.output.site_writer import SiteWriter
from vuonho.resources import Artifact
def act(project):
    try:
        with locked(project), SiteWriter(project, "site") as writer:
            for path, content in {NEW!r}.items():
                writer.add(Artifact(path, content))
            writer.commit()
    except VuonhoError as trouble:
        assert trouble.hint.vi, trouble
        return 1
    return 0
"""
posix = pytest.mark.skipif(
    os.name == "nt", reason="links need rights on Windows, and a process cannot be forked"
)


def build(project: Path, contents: Mapping[str, bytes], out: Path | str = "site") -> Summary:
    """Write the files as one build."""
    with locked(project), SiteWriter(project, out) as writer:
        for path, content in contents.items():
            writer.add(Artifact(path, content))
        return writer.commit()


def put(site: Path, contents: Mapping[str, bytes]) -> None:
    for path, content in contents.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder, and its empty folders with a slash."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_dir() or path.is_symlink():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[f"{name}/"] = b""
    return found


def state(project: Path) -> set[str]:
    return set(tree(project / ".vuonho"))


# --- One build after the other ---


def test_a_build_touches_only_what_changed(tmp_path: Path) -> None:
    """Changed files are replaced, dropped ones removed with their folders, the rest is not written."""
    first = build(tmp_path, OLD)
    assert (tree(tmp_path / "site"), state(tmp_path)) == (OLD, AT_REST)
    assert (set(OLD), (), ()) == (set(first.written), first.unchanged, first.removed)
    before = (tmp_path / "site/482135/index.html").stat()
    summary = build(tmp_path, NEW)
    assert (tree(tmp_path / "site"), state(tmp_path)) == (NEW, AT_REST)
    assert before.st_ino == (tmp_path / "site/482135/index.html").stat().st_ino
    assert summary.written == ("qr/482135.png", "en/index.html", "index.html")
    assert (summary.unchanged, summary.removed) == (("482135/index.html",), ("gone/a/index.html",))
    manifest = (tmp_path / ".vuonho/out/site/manifest.json").stat().st_ino
    assert set(NEW) == set(build(tmp_path, dict(reversed(NEW.items()))).unchanged)
    assert manifest == (tmp_path / ".vuonho/out/site/manifest.json").stat().st_ino
    (tmp_path / "site/qr/482135.png").unlink()  # the manifest alone is never believed
    assert build(tmp_path, NEW).written == ("qr/482135.png",)


@each("error", [ZeroDivisionError, KeyboardInterrupt, MemoryError])
@each("first", [True, False])
def test_failure_before_the_commit_leaves_the_old_site(
    tmp_path: Path, error: type[BaseException], first: bool
) -> None:
    """An exception among the artifacts takes everything back, whatever it is."""
    if not first:
        build(tmp_path, OLD)
    with locked(tmp_path), pytest.raises(error), SiteWriter(tmp_path, "site") as writer:  # noqa: PT012
        for path, content in NEW.items():
            writer.add(Artifact(path, content))
        raise error
    assert (tree(tmp_path / "site"), (tmp_path / "site").exists()) == ({} if first else OLD, not first)
    assert state(tmp_path) == ({".gitignore", "lock", "out/"} if first else AT_REST)


names = st.sampled_from(["a", "b", "a/b", "a/c", "b/a/c", "c/index.html", "index.html", "c"])
sites = st.dictionaries(names, st.sampled_from([b"", b"1", b"2"]), max_size=5)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(sites, max_size=4), st.booleans())
def test_any_sequence_of_builds(
    tmp_path_factory: pytest.TempPathFactory, builds: list[dict[str, bytes]], has_stranger: bool
) -> None:
    """After any build the site is that build, or, if it was refused, the one before, and strangers stay."""
    project = tmp_path_factory.mktemp("project")
    current: dict[str, bytes] = {}
    stranger: dict[str, bytes] = {}
    for contents in builds:
        try:
            build(project, contents)
            current = contents
        except UserError:
            pass
        assert current | stranger == tree(project / "site")
        if has_stranger and (project / "site").is_dir():
            stranger = {"z": b"z"}
            put(project / "site", stranger)
    assert state(project) - {"out/"} <= AT_REST


@each(
    "path",
    [
        "", "/a", "a//b", "a/", "../a", "a/../b", ".", "a/./b", "C:/a", "C:a", "a\\b", "a\0b", "a\nb", "con",
        "x/nul.png", "a./b", "a /b", "a?b", 'a"b', "a<b", "a|b", "a*b", ".git/config", "x/.vuonho", "com1.txt", "A.png",
        "bưởi.webp", "\ud800", "a/" * 119 + "abc",
    ],
)  # fmt: skip
def test_a_path_that_not_every_disk_holds_is_refused(tmp_path: Path, path: str) -> None:
    """It could leave the site, or be another on Windows; the old site stays complete."""
    build(tmp_path, OLD)
    with pytest.raises(UserError):
        build(tmp_path, NEW | {path: b"x"})
    assert (tree(tmp_path / "site"), state(tmp_path)) == (OLD, AT_REST)
    for usual in (".nojekyll", "en/482135/index.html", "photos/0a-480.webp", "console", "a/" * 119 + "ab"):
        check_path(usual)


@each("pair", [("a.html", "a.html"), ("a", "a/b"), ("a/b", "a"), ("a/b/c", "a"), ("a", "a/b/c")])
def test_colliding_paths_are_refused(tmp_path: Path, pair: tuple[str, str]) -> None:
    """Two artifacts of one path, or one in the other's way."""
    with locked(tmp_path), SiteWriter(tmp_path, "site") as writer:
        writer.add(Artifact(pair[0], b"x"))
        with pytest.raises(UserError):
            writer.add(Artifact(pair[1], b"y"))


def test_assets_come_before_pages_and_the_front_door_last() -> None:
    """No page is in place before its parts, nor the front page before the others."""
    wanted = ["qr/1.png", "en/1/index.html", "thon/index.html", "404.html", "sitemap.xml", "index.html"]
    assert wanted == sorted(sorted(wanted), key=order_of)


# --- Where a site may be ---


@each(
    "out",
    [".", "..", "/", "profiles", "profiles/site", "templates", "src/x", ".git", ".vuonho/x", "a/.git/b",
     "~", "~/site", "~ai", "con", "CON", "web/aux", "nul.x/site", "site.", "site ", "web./x", "a\nb", "a\x1bb",
     "a\x00b", "a:b", "a?", "com1", str(Path.home())],
)  # fmt: skip
def test_unsuitable_folder_is_refused(tmp_path: Path, out: str) -> None:
    """The project, what is above it, its own folders, and names that Windows cannot hold; nothing is made."""
    with pytest.raises(UserError) as caught:
        SiteWriter(tmp_path, out)
    assert all(said.isprintable() for said in caught.value.message)
    assert list(tmp_path.iterdir()) == []


@posix
def test_an_odd_folder_that_is_there_may_hold_the_site(tmp_path: Path) -> None:
    """Somebody's disk is called as it is called; only new names are judged. A file or a link is no folder."""
    (tmp_path / "ổ đĩa ").mkdir()
    SiteWriter(tmp_path, "ổ đĩa /site").abort()
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to("ổ đĩa ")
    for out in ("file", "link"):
        with pytest.raises(UserError):
            build(tmp_path, OLD, out)
    assert ((tmp_path / "file").read_bytes(), tree(tmp_path / "ổ đĩa ")) == (b"x", {})


def test_output_folders_elsewhere(tmp_path: Path) -> None:
    """Outside the project, with the state in the project; each folder has a state of its own."""
    project, out = tmp_path / "p", tmp_path / "www" / "vườn"
    project.mkdir()
    for contents, where in ((OLD, out), (OLD, "site"), (NEW, "public/site"), (NEW, out)):
        build(project, contents, where)
    assert (tree(out), tree(project / "site"), tree(project / "public/site")) == (NEW, OLD, NEW)
    assert {"p", "www"} == {path.name for path in tmp_path.iterdir()}


@pytest.fixture
def off_memory(tmp_path: Path) -> Iterator[Path]:
    """Return a folder that is on another file system than /dev/shm, where the folders of tests may lie."""
    if not Path("/dev/shm").is_dir():  # noqa: S108
        pytest.skip("needs a second file system")
    memory = Path("/dev/shm").stat().st_dev  # noqa: S108
    if tmp_path.stat().st_dev != memory:
        yield tmp_path
        return
    with tempfile.TemporaryDirectory() as folder:
        if Path(folder).stat().st_dev == memory:
            pytest.skip("the same file system")
        yield Path(folder)


def test_output_folder_on_another_disk(off_memory: Path) -> None:
    """On another disk the new files wait beside the site, and nothing stays there."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as memory:
        second = Path(memory)
        build(off_memory, OLD, second / "a/site")
        put(second / "a/site", EDITED)
        build(off_memory, NEW, second / "a/site")
        assert {f"a/site/{path}": content for path, content in NEW.items()} == tree(second)
        with pytest.raises(UserError):
            build(off_memory, {"../x": b""} | OLD, second / "b/site")
        assert [path.name for path in second.iterdir()] == ["a"]
        with pytest.raises(MachineError):
            build(off_memory, OLD, Path("/dev/shm"))  # noqa: S108


def test_folder_of_the_site_on_another_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk mounted below the site is met before anything is changed, and no later build is held up by it."""
    build(tmp_path, OLD)
    with monkeypatch.context() as patch:
        patch.setattr("vuonho.output.site_writer._can_rename", lambda _, folder: folder.name != "482135")
        with pytest.raises(MachineError):
            build(tmp_path, NEW | {"482135/index.html": b"other"})
    assert (tree(tmp_path / "site"), state(tmp_path)) == (OLD, AT_REST)


# --- What is not ours ---


@each("name", [".gitignore", "CNAME", ".git/HEAD"])
def test_repository_without_a_site_counts_as_empty(tmp_path: Path, name: str) -> None:
    """What a Pages repository holds from the start is no obstacle, and stays."""
    put(tmp_path / "site", {name: b"theirs"})
    build(tmp_path, OLD)
    build(tmp_path, NEW)
    assert NEW | {name: b"theirs"} == tree(tmp_path / "site")


@each("name", ["notes.txt", "index.html", "sub/CNAME", "ảnh cưới.jpg"])
def test_foreign_folder_is_refused(tmp_path: Path, name: str) -> None:
    """A folder with someone's files is left alone, and one of them is named."""
    put(tmp_path / "site", {name: b"theirs"})
    with pytest.raises(UserError) as caught:
        build(tmp_path, OLD)
    assert {name: b"theirs"} == tree(tmp_path / "site")
    assert name in caught.value.message.vi


@each("name", ["en/index.html", "en", "en/index.html/x"])
def test_file_of_others_in_the_way_is_refused(tmp_path: Path, name: str) -> None:
    """A new page does not overwrite a file that is not ours, nor one that stands where a folder is needed."""
    build(tmp_path, OLD)
    put(tmp_path / "site", {name: b"mine"})
    with pytest.raises(UserError) as caught:
        build(tmp_path, NEW)
    assert OLD | {name: b"mine"} == tree(tmp_path / "site")
    assert "site/en" in caught.value.message.vi


def test_file_of_others_stays(tmp_path: Path) -> None:
    """A file that someone put into the site stays, also where its folder is given up."""
    build(tmp_path, OLD)
    put(tmp_path / "site", THEIRS)
    (tmp_path / "site/empty").mkdir()
    build(tmp_path, NEW)
    assert tree(tmp_path / "site") == NEW | THEIRS | {"empty/": b""}


@posix
@each("name", ["qr", "qr/482135.png", "gone"])
def test_link_inside_the_site_is_not_followed(tmp_path: Path, name: str) -> None:
    """Behind a link in the site nothing is written or deleted."""
    build(tmp_path, OLD)
    target, elsewhere = tmp_path / "site" / name, tmp_path / "else"
    target.rename(elsewhere)
    target.symlink_to(elsewhere)
    before = elsewhere.read_bytes() if elsewhere.is_file() else tree(elsewhere)
    try:
        build(tmp_path, NEW)
    except UserError:
        assert name != "gone"
    assert target.is_symlink()
    assert before == (elsewhere.read_bytes() if elsewhere.is_file() else tree(elsewhere))


def test_a_page_edited_by_hand(tmp_path: Path) -> None:
    """It is copied before it is replaced; where none replaces it, it stays, is reported once, and is ours no more."""
    build(tmp_path, OLD)
    put(tmp_path / "site", {"qr/482135.png": b"by hand", "gone/a/index.html": b"mine"})
    copied, left = build(tmp_path, NEW).kept
    assert (copied.path, left) == ("qr/482135.png", Kept("gone/a/index.html"))
    assert copied.copy.startswith(".vuonho/kept/qr_482135-")
    assert (tmp_path / copied.copy).read_bytes() == b"by hand"
    assert build(tmp_path, NEW).kept == ()
    assert tree(tmp_path / "site") == NEW | {"gone/a/index.html": b"mine"}


# --- The manifest ---


DAMAGE = (
    None, b"\0" * 40, b"", b'{"version":1', b"[" * 100_000, b"7", b'{"version":1,"files":[],"folders":[]}',
    b'{"version":1e999,"files":{},"folders":[]}', b'{"version":1,"files":{"x":["1",1e999,1,[]]},"folders":[]}',
    *(json.dumps({"version": 1, "files": {}, "folders": [path]}).encode() for path in ("../x", "/x", ".git/x", "aux/x")),
    *(json.dumps({"version": 1, "files": {path: ["1", 1, 1, []]}, "folders": []}).encode() for path in ("..", "a\n", "")),
)  # fmt: skip


@each("damage", DAMAGE)
def test_own_site_without_manifest_is_adopted(tmp_path: Path, damage: bytes | None) -> None:
    """If the state is lost, files that are byte for byte what we make are taken for ours again."""
    build(tmp_path, OLD)
    manifest = tmp_path / ".vuonho/out/site/manifest.json"
    manifest.unlink() if damage is None else manifest.write_bytes(damage)
    assert read_manifest(find_place(tmp_path, "site")) is None
    build(tmp_path, OLD | {"added.html": b"x"})
    build(tmp_path, NEW)
    assert tree(tmp_path / "site") == NEW


def test_manifest_of_another_version(tmp_path: Path) -> None:
    """A later one is not guessed at; of vuonho 1.0 the villages are known by their pages."""
    build(tmp_path, OLD)
    manifest = tmp_path / ".vuonho/out/site/manifest.json"
    whole = json.loads(manifest.read_bytes())
    del whole["villages"]
    whole["sources"] = ["profiles/gone/village.yaml"]
    whole["files"]["gone/index.html"] = ["0", 1, 1, [0]]
    manifest.write_text(json.dumps(whole), encoding="utf-8")
    found = read_manifest(find_place(tmp_path, "site"))
    assert found is not None
    assert found.villages == {"gone"}
    manifest.write_bytes(b'{"version":2}')
    with pytest.raises(MachineError):
        build(tmp_path, NEW)


# --- Interrupted ---


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """Return a project with the old site, a stranger's files in it, and one page edited by hand."""
    project = tmp_path / "template"
    put(project / "site", {"CNAME": THEIRS["CNAME"]})
    build(project, OLD)
    put(project / "site", THEIRS | EDITED)
    return project


BEFORE, AFTER = OLD | THEIRS | EDITED, NEW | THEIRS
FOUND = {
    "kill": {("old", 9), ("mixed", 9), ("new", 9)},
    "power": {("old", 9), ("mixed", 9), ("new", 9)},
    "interrupt": {("old", 130), ("new", 130)},
    "full": {("old", 1), ("new", 0)},
    "broken": {("old", 1), ("mixed", 1), ("new", 1), ("new", 0)},
    "hiccup": {("old", 1), ("mixed", 1), ("new", 1), ("new", 0)},
}
"""What is found right after the disturbance, and the exit code with it."""


@posix
@pytest.mark.slow
@each("mode", FOUND)
def test_disturbed_at_every_call(template: Path, tmp_path: Path, mode: str) -> None:
    """Old or new after the next command; success is never claimed wrongly; what people wrote is kept."""
    scratch = template.parent / "scratch"
    count = count_calls(template, scratch, ACT)
    assert count > 35
    found = disturbed(mode, template, scratch, ACT, range(1, count + 2))
    assert found.pop(count + 1) == (count, 0)
    assert {(judge(scratch / f"{mode}-{n}", code), code) for n, (_, code) in found.items()} == FOUND[mode]


def judge(project: Path, code: int) -> str:
    """Return whether the site was "old", "new" or "mixed"; after the next command all must be well."""
    was = tree(project / "site")
    recover(project)
    assert tree(project / "site") in ((AFTER,) if code == 0 else (BEFORE, AFTER))
    build(project, NEW)
    assert tree(project / "site") == AFTER
    (kept,) = state(project) - AT_REST
    assert (project / ".vuonho" / kept).read_bytes() == EDITED["index.html"]
    shutil.rmtree(project)
    return "old" if was == BEFORE else "new" if was == AFTER else "mixed"


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture
def cut_off(template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the project, its build killed after the commit point with one of three files moved."""
    truly_replace, moved = files.replace, 0

    def replace(source: Path, target: Path) -> None:
        nonlocal moved
        moved += source.parent.name == "staging"
        if moved > 1:
            raise Killed
        truly_replace(source, target)

    with monkeypatch.context() as during:
        during.setattr("vuonho.output.files.replace", replace)
        with pytest.raises(Killed):
            build(template, NEW)
    assert tree(template / "site") == BEFORE | {"qr/482135.png": b"code 2", "en/": b""}
    return template


JOURNAL = ".vuonho/out/site/journal.json"


def test_the_form_of_a_journal_stays(cut_off: Path) -> None:
    """What an earlier version left half done is finished: its removals had a third entry."""
    whole = json.loads((cut_off / JOURNAL).read_bytes())
    assert list(whole) == ["version", "out", "staging", "manifest", "moves", "removals", "folders"]
    assert whole["moves"][2][:2] == ["index.html", 0]
    whole["removals"] = [[*removal, ""] for removal in whole["removals"]]
    (cut_off / JOURNAL).write_text(json.dumps(whole), encoding="utf-8")
    (summary,) = recover(cut_off)
    assert (summary.removed, tree(cut_off / "site")) == (("gone/a/index.html",), AFTER)
    assert recover(cut_off) == ()


def test_damaged_leftovers_are_told_in_words(cut_off: Path) -> None:
    """Nothing more is changed, no journal reaches outside the site, and following the advice helps."""
    journal = (cut_off / JOURNAL).read_bytes()
    whole = json.loads(journal)
    outside = [{**whole, "out": "profiles"}, {**whole, "version": 9}, {**whole, "folders": ["../x"]}]
    outside += [{**whole, "moves": [["../x", 0, "", ""]]}, {**whole, "removals": [["/etc/passwd", "", ""]]}]
    torn = (b"\0" * 100, b"", b"[]", b"[" * 100_000, journal[:-9], journal[:-9].ljust(len(journal), b"\0"))
    before = tree(cut_off / "site")
    for content in (*torn, *(json.dumps(one).encode() for one in outside)):
        (cut_off / JOURNAL).write_bytes(content)
        with pytest.raises(MachineError):
            recover(cut_off)
    (cut_off / JOURNAL).write_bytes(journal)
    next((cut_off / ".vuonho/out/site/staging").iterdir()).write_bytes(b"\0")
    with pytest.raises(MachineError) as caught:
        recover(cut_off)
    assert before == tree(cut_off / "site")
    assert ".vuonho/out/site" in caught.value.hint.vi
    (cut_off / "site").rename(cut_off / "old site")
    shutil.rmtree(cut_off / ".vuonho/out/site")
    build(cut_off, NEW)
    assert tree(cut_off / "site") == NEW


def test_edits_after_the_crash_are_kept(cut_off: Path) -> None:
    """A page that was to be replaced goes among the kept files, one that was to be removed stays in place."""
    put(cut_off / "site", {"en/index.html": b"later", "gone/a/index.html": b"later"})
    (summary,) = recover(cut_off)
    assert tree(cut_off / "site") == AFTER | {"gone/a/index.html": b"later"}
    copied, left = summary.kept
    assert (copied.path, (cut_off / copied.copy).read_bytes()) == ("en/index.html", b"later")
    assert left == Kept("gone/a/index.html")


def test_deleted_site_does_not_block(cut_off: Path) -> None:
    """Who deletes the half-finished site can simply build again."""
    shutil.rmtree(cut_off / "site")
    assert recover(cut_off) == ()
    build(cut_off, NEW)
    assert tree(cut_off / "site") == NEW


def test_reader_does_not_disturb_a_build_at_work(template: Path) -> None:
    """Recovery by another command leaves the staging folder of a living build alone."""
    script = "import sys, pathlib; from vuonho.output.site_writer import recover; recover(pathlib.Path(sys.argv[1]))"
    with locked(template), SiteWriter(template, "site") as writer:
        for path, content in NEW.items():
            writer.add(Artifact(path, content))
        subprocess.run([sys.executable, "-c", script, str(template)], check=True)
        writer.commit()
    assert tree(template / "site") == AFTER


def test_nothing_to_recover_writes_nothing(tmp_path: Path) -> None:
    """Looking for interrupted builds makes no file, in a new project or in one at rest."""
    assert (recover(tmp_path), tree(tmp_path)) == ((), {})
    build(tmp_path, OLD)
    before = tree(tmp_path)
    assert (recover(tmp_path), tree(tmp_path)) == ((), before)
