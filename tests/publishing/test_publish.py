"""What arrives is the built site and nothing else, whatever the computer's git is set to; and it is said."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from command_kit import COMMAND, build, edit, environment, files, rows, vuonho
from publish_kit import DOMAIN, FAR, bare, belongs, checkout, git, publish, put, refs, tree
from vuonho.pages import site
from vuonho.pages.site import Unit

pytestmark = pytest.mark.slow

HOSTILE = """\
[core]
autocrlf = true
eol = crlf
hooksPath = {home}/hooks
attributesFile = {home}/attributes
fsmonitor = {home}/hooks/pre-push
[init]
templateDir = {home}/template
defaultBranch = khac
defaultObjectFormat = sha256
[filter "loud"]
clean = tr a-z A-Z
required = true
[commit]
gpgSign = true
[push]
gpgSign = true
followTags = true
default = matching
[log]
showSignature = true
[fetch]
prune = true
[transfer]
fsckObjects = true
[remote "vuonho-pages"]
pushurl = {home}/khac.git
mirror = true
[user]
name = Nguyễn Thị Riêng
email = rieng@thon.example
"""


def test_a_clone_is_the_built_site(village: Path, sent: Path, tmp_path: Path) -> None:
    """Every file as it was built, `.nojekyll` and the domain; one commit that nothing came before and nobody signed."""
    held = checkout(sent, tmp_path / "clone")
    built = files(village / "site")
    built.pop(".gitignore", None)
    assert held == built | {"CNAME": f"{DOMAIN}\n".encode()}
    assert held[".nojekyll"] == b""
    told = git(sent, "log", "--all", "--format=%an <%ae> %cn <%ce>|%P|%s")
    nobody = "vuonho <vuonho@vuonho.invalid>"
    assert told == f"{nobody} {nobody}||Vuon ho: the village's website"
    assert list(refs(sent)) == ["refs/heads/main"]
    day = datetime.fromisoformat(git(sent, "log", "-1", "--format=%cI", "main"))
    assert (day.utcoffset(), abs((datetime.now(UTC) - day).total_seconds()) < 600) == (timedelta(), True)
    assert not (village / ".vuonho/publish").exists()


def test_what_the_build_has_made_is_not_made_again(
    village: Path, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the service worker, which knows of all files, is made to see whether the built site is the current one."""
    made: list[str] = []

    def assemble(*given: Any) -> Iterator[Unit]:
        for unit in usual(*given):
            made.append(unit.name)
            yield unit

    usual = site.assemble
    monkeypatch.setattr("vuonho.build.assemble", assemble)
    assert publish(village, "--dry-run").code == 0
    assert made == ["worker"]


def unticked(folder: Path) -> Iterator[str]:
    """Yield phones, points and stories of the households that did not tick them, as they stand in the profiles."""
    told = {"phone": r"phone: ([\d ]+)", "exact_point": r"point: '([\d., ]+)'", "story": "story: (.+)"}
    for path in folder.glob("ho-*.yaml"):
        text = path.read_text(encoding="utf-8")
        ticks = re.findall(r"publish: \[(.*)\]", text)[0].split(", ")
        yield from (re.findall(shape, text)[0] for tick, shape in told.items() if tick not in ticks)


def test_nothing_private_is_in_any_object(village: Path, sent: Path) -> None:
    """Not even in one that nothing leads to: names, numbers and stories that were not ticked, originals, register."""
    contents = subprocess.run(
        ["git", "-C", sent, "cat-file", "--batch-all-objects", "--batch"], capture_output=True, check=True
    ).stdout
    folder = village / "profiles/thon-dong"
    hidden = ["code,profile,given", "ho-0001.yaml", "how: paper", *unticked(folder)]
    assert len(hidden) > 3
    assert [one for one in hidden if one.encode() in contents] == []
    assert (folder / "photos/chung.jpg").read_bytes() not in contents
    assert "Vườn".encode() in contents


def test_no_setting_of_the_computer_matters(
    root: Path, far: Path, sent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line ends, filters, hooks, templates, signing, names, and variables that speak of another repository."""
    home = tmp_path / "home"
    for folder in ("hooks", "template/hooks"):
        (home / folder).mkdir(parents=True)
        for name in ("pre-push", "pre-commit", "commit-msg"):
            hook = home / folder / name
            hook.write_text(f"#!/bin/sh\ntouch '{home}/ran'\nexit 1\n", encoding="utf-8")
            hook.chmod(0o755)
    (home / "attributes").write_text("* text eol=crlf filter=loud\n", encoding="utf-8")
    (home / ".gitconfig").write_text(HOSTILE.format(home=home), encoding="utf-8")
    other = bare(tmp_path / "other.git")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    hostile = {
        "HOME": home, "XDG_CONFIG_HOME": home, "GIT_DIR": other, "GIT_WORK_TREE": root, "GIT_INDEX_FILE": home / "index",
        "GIT_OBJECT_DIRECTORY": other / "objects", "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.hooksPath",
        "GIT_CONFIG_VALUE_0": home / "hooks", "GIT_COMMITTER_NAME": "Nguyễn Thị Riêng", "GIT_TRACE": "1", "LANG": "vi_VN.UTF-8",
    }  # fmt: skip
    for name, value in hostile.items():
        monkeypatch.setenv(name, str(value))
    done = publish(root)
    monkeypatch.undo()
    assert (done.code, "trace" in done.said) == (0, False), done.said
    assert tree(far) == tree(sent)
    assert git(far, "log", "-1", "--format=%an%cn", "main") == "vuonhovuonho"
    assert not (home / "ran").exists()
    assert refs(other) == {}


def test_what_is_said_the_first_time(root: Path, far: Path) -> None:
    """How much went where, the address and how long it takes, what to write down; the second time that it is there.

    A dry run before says what would be sent, and sends nothing.
    """
    before = belongs(root)
    done = publish(root, "--dry-run", language="en")
    assert (done.code, refs(far), belongs(root)) == (0, {}, before)
    assert done.out.startswith("Would send ")
    assert done.out.endswith("Nothing was sent. To send it: call again without --dry-run.\n")
    done = publish(root)
    pages, count = len(list((root / "site").rglob("*.html"))) - 2, len(tree(far))
    bytes_sent = sum(path.stat().st_size for path in (root / "site").rglob("*") if path.is_file())
    size = f"{bytes_sent / 1_000_000:.1f}".replace(".", ",")
    assert done.out.startswith(
        f"Đã đăng {pages} trang, {count} tệp, {size} MB lên {far} (main):\n  {pages} trang mới: /, "
    )
    assert f"Địa chỉ: https://{DOMAIN}/\nThường 1 đến 10 phút là thấy" in done.out
    assert f"pages:\n  repository: '{far}'\n  branch: main\n" in done.out
    with (root / "profiles/site.yaml").open("a", encoding="utf-8") as file:
        file.write(f"pages:\n  repository: '{far}'\n  branch: main\n")
    now = refs(far)
    assert vuonho("-C", root, "check").code == 0
    again = publish(root, to="", language="en")
    assert again.out == f"{far} (main) has this very site already: {pages} pages. Nothing had to be sent.\n"
    assert (again.code, refs(far)) == (0, now)


SETTINGS = """
pages:
  # Kho: nơi để trang.
  repository:
  # Nhánh.
  branch:
"""


def test_the_repository_is_remembered_where_one_says_so(
    root: Path, far: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the lines that stand there, with every other byte kept; then it need not be named, and all is current."""
    site = root / "profiles/site.yaml"
    with site.open("a", encoding="utf-8", newline="") as file:
        file.write(SETTINGS)
    before = site.read_text(encoding="utf-8")
    assert build(root).code == 0
    monkeypatch.setattr("vuonho.cli.console.Console.can_ask", True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: "c")
    done = publish(root)
    assert (done.code, "Đã ghi vào profiles/site.yaml." in done.out) == (0, True), done.said
    after = site.read_text(encoding="utf-8")
    noted = before.replace("repository:", f"repository: {far}").replace("branch:", "branch: main")
    assert after == noted
    again = publish(root, to="")
    assert (again.code, "Không cần gửi" in again.out) == (0, True), again.said


def test_the_next_publishing_replaces_the_last(root: Path, published: Path) -> None:
    """A household that leaves: its photo, its name and the old commit are gone from the branch, its page answers."""
    code = rows(root)[0][0]
    assert vuonho("-C", root, "withdraw", code, "--yes").code == 0
    assert build(root).code == 0
    old = refs(published)["refs/heads/main"]
    done = publish(root, language="en")
    assert done.code == 0, done.said
    assert f"{code}/" in done.out.partition("changed pages")[2]
    assert git(published, "rev-list", "--count", "main") == "1"
    assert git(published, "rev-parse", "main") != old
    assert f"{code}/index.html" in tree(published)
    assert [path for path in tree(published) if path.startswith("photos/") and "-card." not in path] == []


@pytest.mark.parametrize("filtering", ["true", "false"])
def test_it_is_looked_at_with_and_without_a_filter(root: Path, published: Path, filtering: str) -> None:
    """Also a file CNAME whose content must be asked for; the way GitHub wrote it, it stays."""
    git(published, "config", "uploadpack.allowFilter", filtering)
    git(published, "config", "uploadpack.allowAnySHA1InWant", filtering)
    site = {name: content for name, content in files(root / "site").items() if name != ".gitignore"}
    put(published, site | {"CNAME": DOMAIN.encode()}, after="refs/heads/main")
    done = publish(root, to=published.as_uri())
    assert done.code == 0, done.said
    assert git(published, "cat-file", "blob", "main:CNAME") == DOMAIN
    assert git(published, "rev-list", "--count", "main") == "1"


def test_a_branch_of_ones_own(root: Path, far: Path) -> None:
    """Other branches stay as they are; what others put into the site stays home."""
    (root / "site/ghi-chu.txt").write_text("của tôi", encoding="utf-8")
    other = put(far, {"README.md": b"# x\n"})
    assert publish(root, "--branch", "gh-pages").code == 0
    assert refs(far) == {"refs/heads/gh-pages": refs(far)["refs/heads/gh-pages"], "refs/heads/main": other}
    assert "ghi-chu.txt" not in tree(far, "gh-pages")


SLOW = "#!/bin/sh\ntouch '{sign}'\nsleep 1\n"


def interrupt(root: Path, far: Path, how: int) -> tuple[int, str]:
    """Publish to a repository that takes its time, send a signal while it receives, and return how it ended."""
    edit(root / "profiles/thon-dong/ho-0001.yaml", "people: ", "people: 1")
    assert build(root).code == 0
    sign, hook = root.parent / "sign", far / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(SLOW.format(sign=sign), encoding="utf-8")
    hook.chmod(0o755)
    process = subprocess.Popen(
        [*COMMAND, "-C", root, "publish", "--to", FAR], env=environment(), start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    until = time.monotonic() + 120
    while not sign.exists() and time.monotonic() < until:
        time.sleep(0.02)
    (os.killpg if how == signal.SIGINT else os.kill)(process.pid, how)
    _, said = process.communicate(timeout=600)
    time.sleep(1.2)  # the other side may still be at it
    hook.unlink()
    return process.returncode, said.decode()


@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")
def test_a_publishing_that_is_killed_leaves_old_or_new(root: Path, published: Path) -> None:
    """The branch is what it was or what it was to be, and the next run sweeps and finishes."""
    old = tree(published)
    assert interrupt(root, published, signal.SIGKILL)[0] == -signal.SIGKILL
    assert (root / ".vuonho/publish").exists()
    left = tree(published)
    assert publish(root).code == 0
    assert left in (old, tree(published))
    assert old != tree(published)
    assert not (root / ".vuonho/publish").exists()


@pytest.mark.skipif(os.name == "nt", reason="a signal to a group, as a terminal of POSIX sends it")
def test_a_publishing_that_is_stopped_leaves_nothing(root: Path, published: Path) -> None:
    """Ctrl-C goes to git as well: 130, and neither a workshop nor a half of anything; it may have arrived."""
    old = tree(published)
    code, said = interrupt(root, published, signal.SIGINT)
    assert code == 130
    assert "Đã dừng giữa lúc đang gửi: trên mạng là nguyên bản cũ hoặc nguyên bản mới.\n" in said
    assert "dở dang" not in said
    assert not (root / ".vuonho/publish").exists()
    assert tree(published) == old or git(published, "rev-list", "--count", "main") == "1"


def test_a_backup_does_not_know_of_it(root: Path, far: Path, tmp_path: Path) -> None:
    """Nor does a workshop that a killed run left get in its way."""
    shutil.copytree(far, root / ".vuonho/publish/repository.git")
    done = vuonho("-C", root, "backup", tmp_path / "x.zip")
    assert (done.code, "publish" in done.said) == (0, False)
    assert sys.modules["zipfile"].ZipFile(tmp_path / "x.zip").namelist().count(".vuonho/publish") == 0
