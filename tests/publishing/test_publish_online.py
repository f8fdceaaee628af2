"""Over https to the host and the addresses that people use, with the login that git knows; the host is on this machine."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_kit import build, edit, rows
from git_server import READER, WRITER, helper, host_of, settle
from https_kit import proxied
from publish_kit import DOMAIN, bare, publish, put, refs, tree

pytestmark = pytest.mark.slow

TO = "https://github.com/ten-thon/vuon"


@pytest.fixture(scope="module")
def at_github(village: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the village as it is for a repository at GitHub, built."""
    root = shutil.copytree(village, tmp_path_factory.mktemp("online") / "vuon")
    edit(root / "profiles/codes.csv", f"2026-11-01,https://{DOMAIN}/{rows(root)[0][0]}/,", ",,")
    (root / ".vuonho/register.csv").unlink()
    edit(root / "profiles/site.yaml", f"https://{DOMAIN}/", "https://ten-thon.github.io/vuon/")
    assert build(root).code == 0
    return root


@pytest.fixture
def github(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the repository that answers at TO."""
    repository = bare(tmp_path / "repositories/ten-thon/vuon.git")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in settle(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    with host_of(tmp_path / "repositories") as origin, proxied(tmp_path, {"github.com": origin}, monkeypatch):
        monkeypatch.setenv("GIT_SSL_CAINFO", os.environ["SSL_CERT_FILE"])
        yield repository


def test_a_login_that_git_knows_is_used(at_github: Path, github: Path, tmp_path: Path) -> None:
    """From the user's own settings; then how the site is switched on, and where it is."""
    helper(tmp_path / "home", WRITER)
    put(github, {"README.md": b"# vuon\n"})
    done = publish(at_github, to=f"{TO}.git/")
    assert done.code == 0, done.said
    assert (
        "https://github.com/ten-thon/vuon/settings/pages, chọn Deploy from a branch → main → / (root)"
        in done.out
    )
    assert "Địa chỉ: https://ten-thon.github.io/vuon/\n" in done.out
    assert "vuonho verify --live https://ten-thon.github.io/vuon/" in done.out
    assert {"index.html", ".nojekyll"} < set(tree(github))
    assert "CNAME" not in tree(github)


@pytest.mark.parametrize("user", [None, ("to", "sai"), READER])
def test_without_the_right_login(
    at_github: Path, github: Path, tmp_path: Path, user: tuple[str, str] | None
) -> None:
    """No login, a wrong password, somebody who may only read: each in its words, a dry run too, and without a question."""
    if user:
        helper(tmp_path / "home", user)
    language = "en" if user == READER else "vi"
    done = publish(at_github, *(["--dry-run"] if user else []), to=TO, language=language)
    assert (done.code, refs(github)) == (1, {})
    assert ("may not write to that repository" if user == READER else "Chưa đăng nhập được") in done.err
    assert "sai" not in done.err


def test_no_such_repository(at_github: Path, github: Path) -> None:
    """It is said how to make one."""
    shutil.rmtree(github)
    done = publish(at_github, to=TO)
    assert done.code == 1
    assert "Không thấy kho ấy" in done.err
    assert "https://github.com/new" in done.err
