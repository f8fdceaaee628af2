"""Recovery: an interrupted build is finished, or its damage is told, and what people did since is kept."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from crash_kit import AFTER, NEW, build, killed_in_the_middle, template, tree

from vuonho.errors import MachineError
from vuonho.output.lock import locked
from vuonho.output.site_writer import SiteWriter, parse_journal, recover
from vuonho.resources import Artifact

__all__ = ["template"]


def test_damaged_leftovers_are_told_in_words(template: Path) -> None:
    """If a waiting file is damaged, nothing more is changed, and following the advice helps."""
    project = killed_in_the_middle(template)
    staged = next((project / ".vuonho/out/site/staging").iterdir())
    staged.write_bytes(b"\0")
    before = tree(project / "site")
    with pytest.raises(MachineError) as caught:
        recover(project)
    assert before == tree(project / "site")
    assert ".vuonho/out/site" in caught.value.hint.vi
    (project / "site").rename(project / "old site")
    shutil.rmtree(project / ".vuonho/out/site")
    build(project, NEW)
    assert tree(project / "site") == NEW


def test_damaged_journal_is_told_in_words(template: Path) -> None:
    """A journal that cannot be read is not guessed at."""
    project = killed_in_the_middle(template)
    (project / ".vuonho/out/site/journal.json").write_bytes(b"\0" * 100)
    with pytest.raises(MachineError):
        recover(project)


def test_edit_after_the_crash_is_kept(template: Path) -> None:
    """Who edits a page before the interrupted build is finished finds the edit among the kept files."""
    project = killed_in_the_middle(template)
    content = (project / ".vuonho/out/site/journal.json").read_bytes()
    journal = parse_journal(content)
    assert journal is not None
    (project / "site/index.html").write_text("by hand, later", encoding="utf-8")
    (summary,) = recover(project)
    assert tree(project / "site") == AFTER
    (kept,) = summary.kept
    assert (kept.path, (project / kept.copy).read_text(encoding="utf-8")) == ("index.html", "by hand, later")


def test_page_to_be_removed_is_kept_if_edited_after_the_crash(template: Path) -> None:
    """Who edits a page that the interrupted build was about to remove keeps it in place."""
    project = killed_in_the_middle(template)
    (project / "site/x/y/z.jpg").write_text("by hand, later", encoding="utf-8")
    (summary,) = recover(project)
    assert tree(project / "site") == AFTER | {"x/y/z.jpg": "by hand, later"}
    assert [kept.path for kept in summary.kept] == ["x/y/z.jpg"]


def test_deleted_site_does_not_block(template: Path) -> None:
    """Who deletes the half-finished site can simply build again."""
    project = killed_in_the_middle(template)
    shutil.rmtree(project / "site")
    assert recover(project) == ()
    build(project, NEW)
    assert tree(project / "site") == NEW


def test_reader_does_not_disturb_a_build_at_work(template: Path) -> None:
    """Recovery by another command leaves the staging folder of a living build alone."""
    script = "import sys, pathlib; from vuonho.output.site_writer import recover; recover(pathlib.Path(sys.argv[1]))"
    with locked(template), SiteWriter(template, "site") as writer:
        for path, content in NEW.items():
            writer.add(Artifact(path, content.encode()))
        subprocess.run([sys.executable, "-c", script, str(template)], check=True)
        writer.commit()
    assert tree(template / "site") == AFTER
