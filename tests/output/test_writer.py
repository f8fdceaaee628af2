"""The writer: all of a build, or none of it."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from site_kit import AT_REST, NEW, OLD, build, state, tree

from case_kit import each
from vuonho.errors import UserError
from vuonho.output.lock import locked
from vuonho.output.site_writer import SiteWriter, recover
from vuonho.resources import Artifact


def test_first_build_writes_all(tmp_path: Path) -> None:
    """A build into nothing gives exactly its files, and the state folder is swept."""
    summary = build(tmp_path, OLD)
    assert tree(tmp_path / "site") == OLD
    assert state(tmp_path) == AT_REST
    assert (set(OLD), (), ()) == (set(summary.written), summary.unchanged, summary.removed)


def test_next_build_touches_only_what_changed(tmp_path: Path) -> None:
    """Changed files are replaced, dropped ones removed with their folders, the rest is not written."""
    build(tmp_path, OLD)
    before = (tmp_path / "site" / "482135" / "index.html").stat()
    summary = build(tmp_path, NEW)
    after = (tmp_path / "site" / "482135" / "index.html").stat()
    assert tree(tmp_path / "site") == NEW
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert summary.written == ("qr/482135.png", "en/index.html", "index.html")
    assert (summary.unchanged, summary.removed) == (("482135/index.html",), ("gone/a/index.html",))
    assert state(tmp_path) == AT_REST


def test_same_build_writes_nothing(tmp_path: Path) -> None:
    """The same files again leave even the manifest alone."""
    build(tmp_path, OLD)
    before = (tmp_path / ".vuonho/out/site/manifest.json").stat().st_ino
    summary = build(tmp_path, OLD)
    assert ((), set(OLD)) == (summary.written, set(summary.unchanged))
    assert before == (tmp_path / ".vuonho/out/site/manifest.json").stat().st_ino


class Stop(Exception):
    """Something goes wrong in a renderer."""


@each("error", [Stop, KeyboardInterrupt, MemoryError])
@each("first", [True, False])
def test_failure_before_the_commit_leaves_the_old_site(
    tmp_path: Path, error: type[BaseException], first: bool
) -> None:
    """An exception among the artifacts takes everything back, whatever it is."""
    if not first:
        build(tmp_path, OLD)

    def artifacts() -> Iterable[Artifact]:
        yield from (Artifact(path, content) for path, content in NEW.items())
        raise error

    with locked(tmp_path), pytest.raises(error), SiteWriter(tmp_path, "site") as writer:  # noqa: PT012
        for artifact in artifacts():
            writer.add(artifact)
    assert (tmp_path / "site").exists() is not first
    assert tree(tmp_path / "site") == ({} if first else OLD)
    assert state(tmp_path) == ({".gitignore", "lock", "out/"} if first else AT_REST)


def test_bad_path_takes_all_back(tmp_path: Path) -> None:
    """One refused artifact leaves the old site complete."""
    build(tmp_path, OLD)
    with pytest.raises(UserError):
        build(tmp_path, NEW | {"../evil": b"x"})
    assert tree(tmp_path / "site") == OLD
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize("content", [b"x", b"y"])
def test_only_capitals_change(tmp_path: Path, content: bytes) -> None:
    """A file whose name changes in capitals only is there under the new name, on Windows and macOS too."""
    build(tmp_path, {"photos/A.png": b"x"})
    build(tmp_path, {"photos/a.png": content})
    assert tree(tmp_path / "site") == {"photos/a.png": content}


def test_missing_file_is_written_again(tmp_path: Path) -> None:
    """The manifest alone is never believed: what is gone from the site is made again."""
    build(tmp_path, OLD)
    (tmp_path / "site/qr/482135.png").unlink()
    assert build(tmp_path, OLD).written == ("qr/482135.png",)
    assert tree(tmp_path / "site") == OLD


def test_nothing_to_recover_writes_nothing(tmp_path: Path) -> None:
    """Looking for interrupted builds makes no file, in a new project or in one at rest."""
    assert recover(tmp_path) == ()
    assert tree(tmp_path) == {}
    build(tmp_path, OLD)
    before = tree(tmp_path)
    assert recover(tmp_path) == ()
    assert before == tree(tmp_path)


names = st.sampled_from(["a", "b", "A", "a/b", "a/c", "b/a/c", "c/index.html", "index.html", "c", "đ/ê.png"])
sites = st.dictionaries(names, st.sampled_from([b"", b"1", b"2"]), max_size=5)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(sites, max_size=4), st.data())
def test_any_sequence_of_builds(
    tmp_path_factory: pytest.TempPathFactory, builds: list[dict[str, bytes]], data: st.DataObject
) -> None:
    """After any build the site is that build, or, if it was refused, the one before, and strangers stay."""
    project = tmp_path_factory.mktemp("project")
    current: dict[str, bytes] = {}
    stranger: dict[str, bytes] = {}
    for number, files in enumerate(builds):
        try:
            build(project, files)
            current = files
        except UserError:
            pass
        assert current | stranger == tree(project / "site")
        if number == 0 and data.draw(st.booleans()) and (project / "site").is_dir():
            (project / "site" / "z").write_bytes(b"z")
            stranger = {"z": b"z"}
    assert state(project) - {"out/"} <= AT_REST
