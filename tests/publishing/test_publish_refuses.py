"""Each refusal of `publish`, provoked once: said in both languages, and nothing was sent or changed."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest

from command_kit import build, edit, files, rows
from publish_kit import DOMAIN, FAR, LANGUAGES, belongs, git, publish, put, refs
from vuonho.errors import DataProblems, VuonhoError
from vuonho.i18n import Both, Text
from vuonho.publish.publish import Help, Options
from vuonho.publish.publish import publish as publish_project

pytestmark = pytest.mark.slow

PROFILE = "profiles/thon-dong/ho-0001.yaml"
VILLAGE = "profiles/thon-dong/village.yaml"


def refused(root: Path, far: Path | None, *options: str, to: str = FAR, code: int = 1) -> Iterator[str]:
    """Publish in both languages; yield what is said each time, after seeing that nothing has changed anywhere.

    `code` is 2 for what could never be right, whatever the project and the world.
    """
    before = belongs(root), refs(far) if far else {}
    for language in LANGUAGES:
        done = publish(root, *options, to=to, language=language)
        assert (done.code, done.out) == (code, "")
        assert "→" in done.err
        assert (belongs(root), refs(far) if far else {}) == before
        yield done.err


def refused_late(
    root: Path, far: Path, *, to: str = FAR, meanwhile: Callable[[], object] = int
) -> tuple[str, str]:
    """Return what is said in both languages of a refusal after all the long steps, which are gone through once.

    `meanwhile` happens while the site is being packed.
    """
    before = belongs(root), refs(far)

    def tell(step: Text) -> None:
        if step.en.startswith("Packing"):
            meanwhile()

    helped = Help(
        1, asks=False, tell=tell, progress=_silently, confirm=lambda _gone: True, on_wait=lambda: None
    )
    with pytest.raises(VuonhoError) as trouble:
        publish_project(root, Options(to), datetime.now(UTC), helped)
    error = trouble.value
    problems = error.problems if isinstance(error, DataProblems) else ()
    texts = [
        error.message,
        error.hint,
        *(part for one in problems for part in (Both(one.file, one.file), one.message)),
    ]
    assert (belongs(root), refs(far) if meanwhile is int else before[1]) == before
    return "\n".join(one.vi for one in texts), "\n".join(one.en for one in texts)


def _silently(_what: Text, _steps: int) -> AbstractContextManager[Callable[[], None]]:
    return nullcontext(lambda: None)


def test_no_repository_is_named(root: Path) -> None:
    """The way out is in the message."""
    vi, en = refused(root, None, to="")
    assert "Chưa biết đăng trang lên kho nào" in vi
    assert "pages: {repository: https://github.com/NAME/REPOSITORY}" in en


def test_a_dangerous_address(root: Path, tmp_path: Path) -> None:
    """Nothing is run, and a token is not repeated."""
    vi, en = refused(root, None, to=f"ext::sh -c touch% {tmp_path}/ran", code=2)
    assert "có thể chạy chương trình" in vi
    assert "can run programs" in en
    assert not (tmp_path / "ran").exists()
    vi, en = refused(root, None, to="https://ten:ghp_bimat@github.com/a/b", code=2)
    assert "ghp_bimat" not in vi + en


def test_what_can_never_be_right(root: Path) -> None:
    """Wrong usage, with a hint of its own: an address, a branch."""
    for options, said, cure in (
        (
            ("--to", "https://github.com/a"),
            "is not the address of a repository",
            "https://github.com/village/",
        ),
        (("--branch", "a..b"), "cannot be the name of a branch", "usually main"),
    ):
        _, en = refused(root, None, *options, to="", code=2)
        assert said in en
        assert cure in en


def test_the_project_itself(root: Path) -> None:
    """Its own repository, whatever it is called."""
    git(root, "init", "--quiet")
    for to in (".", ".git", "..", str(root), (root / "profiles").as_uri()):
        vi, en = refused(root, None, to=to)
        assert "chính dự án này" in vi
        assert "this very project" in en


def test_a_name_that_is_nowhere(root: Path, tmp_path: Path) -> None:
    """Not the project, though it would lie in it: how to write one at GitHub, or a file where a folder is wanted."""
    vi, en = refused(root, None, to="ten-thon/ten-thon.github.io")
    assert "Không thấy kho" in vi
    assert "One at GitHub is written https://github.com/ten-thon/ten-thon.github.io;" in en
    vi, en = refused(root, None, to="khong-co.git")
    assert f'git init --bare "{tmp_path / "khong-co.git"}"' in vi
    assert "There is no repository" in en
    (tmp_path / "tep").write_bytes(b"x")
    vi, en = refused(root, None, to="../tep")
    assert f"{tmp_path / 'tep'} là một tệp" in vi
    assert "git init" not in vi + en
    vi, en = refused(root, None, to=f"../{'x' * 290}")
    assert "Không thấy kho" in vi
    assert "There is no repository" in en


def test_a_repository_that_cannot_be_written(root: Path, far: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A locked USB drive, or a folder of somebody else: said before anything is looked at."""
    monkeypatch.setattr("vuonho.publish.rules.os.access", lambda path, _mode: str(path) != str(far))
    vi, en = refused(root, far, "--dry-run")
    assert f"Kho {far} chỉ đọc được" in vi
    assert "Unlock the USB drive" in en


def test_a_repository_that_is_not_there(root: Path, tmp_path: Path) -> None:
    """No folder, or a folder that is no repository."""
    vi, en = refused(root, None)
    assert f'git init --bare "{tmp_path / "trang.git"}"' in vi
    assert "There is no repository" in en
    (tmp_path / "trang.git").mkdir()
    vi, en = refused(root, None)
    assert "Không thấy kho ấy" in vi
    assert "That repository was not found" in en


def test_an_address_that_disagrees(root: Path, far: Path) -> None:
    """A trial address at GitHub, and a repository of another name than the address says."""
    vi, en = refused(root, far, to="https://github.com/ten-thon/vuon")
    assert f"({DOMAIN}) chỉ để thử" in vi
    assert "never answers" in en
    there = f"https://ten-thon.github.io/vuon/\nprevious_urls: [https://{DOMAIN}/]"
    edit(root / "profiles/site.yaml", f"https://{DOMAIN}/", there)
    vi, en = refused(root, far)
    assert "kho trang thì mở ở https://ten-thon.github.io/trang/" in vi
    assert "The address on the plaques is https://ten-thon.github.io/vuon/" in en


def test_nothing_is_built(root: Path, far: Path) -> None:
    """Never built, or built and forgotten."""
    shutil.rmtree(root / ".vuonho/out")
    vi, en = refused(root, far)
    assert "Chưa có trang nào được dựng" in vi
    assert "No site has been built" in en


@pytest.mark.parametrize(
    "left", ["out/site/journal.json", "out/site/intent.json", "out/site/staging/0000000", "together.json"]
)
def test_a_run_was_cut_off(root: Path, far: Path, left: str) -> None:
    """What it left is not finished in passing."""
    path = root / ".vuonho" / left
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"ready": False, "files": []}), encoding="utf-8")
    vi, en = refused(root, far)
    assert "bị ngắt giữa chừng" in vi
    assert "cut off" in en


@pytest.mark.parametrize("harm", ["longer", "same size", "gone", "link", "linked folder"])
def test_a_file_of_the_site_is_not_as_it_was_written(
    root: Path, far: Path, harm: str, tmp_path: Path
) -> None:
    """Edited, deleted or replaced: it is named."""
    code = rows(root)[0][0]
    page = root / f"site/{code}/index.html"
    text = page.read_text(encoding="utf-8")
    if harm in ("longer", "same size"):
        page.write_text(
            text + "x" if harm == "longer" else text.replace("<html", "<htmL", 1), encoding="utf-8"
        )
    elif harm == "linked folder":
        shutil.move(page.parent, tmp_path / "x")
        page.parent.symlink_to(tmp_path / "x")
    else:
        page.unlink()
    if harm == "link":
        (tmp_path / "x.html").write_text(text, encoding="utf-8")
        page.symlink_to(tmp_path / "x.html")
    vi, en = refused(root, far)
    assert f"site/{code}/index.html" in vi
    assert "site/" in en


def test_the_build_is_not_the_current_one(root: Path, far: Path) -> None:
    """Something was changed since, or it was built for another address; the pages that would differ are named."""
    edit(root / PROFILE, "story: ", "story: Mới. ")
    edit(root / PROFILE, "publish: [", "publish: [links, ")
    edit(root / PROFILE, "checked: ", "links: [https://moi.example/]\nchecked: ")
    vi, en = refused_late(root, far)
    code = rows(root)[1][0]
    assert f"chưa phải bản mới nhất: site/{code}/index.html, site/en/{code}/index.html" in vi
    assert "would differ" in en
    assert "vuonho build" in en


def test_a_build_for_another_address(root: Path, far: Path) -> None:
    """As a workflow makes it."""
    edit(root / "profiles/codes.csv", f"2026-11-01,https://{DOMAIN}/{rows(root)[0][0]}/,", ",,")
    (root / ".vuonho/register.csv").unlink()
    assert build(root, "--base-url", "https://khac.example/").code == 0
    assert "chưa phải bản mới nhất" in refused_late(root, far)[0]


def test_the_profiles_have_errors(root: Path, far: Path) -> None:
    """The same list as `check` gives, and that nothing went."""
    edit(root / VILLAGE, "centre: 18.1250", "centre: giữa 18.1250")
    vi, en = refused(root, far)
    assert VILLAGE in vi
    assert vi.endswith("\nChưa gửi gì cả. Sửa các lỗi trên, chạy vuonho build, rồi đăng lại.\n")
    assert "1 error" in en


def test_the_site_does_not_stand_the_proof(root: Path, far: Path) -> None:
    """What verify says is said, and nothing goes."""
    shutil.copy(root / "profiles/codes.csv", root / "site/codes.csv")
    vi, en = refused_late(root, far)
    assert "site/codes.csv" in vi
    assert "belongs to the private project" in en


def test_an_original_would_go_along(root: Path, far: Path) -> None:
    """Known by its content, byte for byte, whatever the site calls it."""
    code = rows(root)[0][0]
    shutil.copy(root / f"site/qr/{code}.png", root / "profiles/thon-dong/photos/goc.png")
    vi, en = refused_late(root, far)
    assert f"site/qr/{code}.png, nó chính là profiles/thon-dong/photos/goc.png" in vi
    assert "Nothing was sent" in en


# --- What lies there already -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["profiles/thon-x/ba-x.yaml", "du-an/profiles/codes.csv", "site.yaml", "x/ba-huong.yaml", "boards.csv", ".vuonho/register.csv",
     "sao-luu.zip", "thon.xlsx", "vuonho-ba-huong-2026.txt", "thon-x/photos/huong-1.jpg", "photos/IMG_0001.JPG"],
)  # fmt: skip
def test_something_private_lies_there_by_its_name(root: Path, far: Path, name: str) -> None:
    """On the branch itself; with the place, and the truth about a force-push."""
    commit = put(far, {"README.md": b"# x\n", name: b"x"})
    vi, en = refused(root, far)
    assert f"\n  {name} (main, bản {commit[:7]})\n" in vi
    assert "Ghi đè hay xóa tệp không lấy lại được" in vi
    assert "takes nothing back" in en
    assert "GitHub Actions" in en


@pytest.mark.parametrize(
    "place", ["removed since", "another branch", "tag", "tag of a file", "pull request", "note"]
)
def test_a_profile_lies_there_under_any_name(root: Path, published: Path, place: str) -> None:
    """Known by its content anywhere in the history, under a name that tells nothing."""
    held = {"data.bin": (root / PROFILE).read_bytes()}
    ref = {
        "another branch": "refs/heads/nhap", "tag": "refs/tags/v1", "pull request": "refs/pull/3/head", "note": "refs/notes/x",
    }.get(place, "refs/heads/nhap")  # fmt: skip
    put(published, held, ref)
    if place == "removed since":
        put(published, {"README.md": b"x"}, ref, after=ref)
    if place == "tag of a file":
        git(published, "tag", "v1", git(published, "rev-parse", f"{ref}:data.bin"))
        git(published, "update-ref", "-d", ref)
    vi, en = refused(root, published)
    assert PROFILE in vi
    assert f"which is {PROFILE}" in en


@pytest.mark.parametrize("form", ["crlf", "bom", "no last end", "all of them"])
def test_a_profile_lies_there_as_an_editor_left_it(root: Path, published: Path, form: str) -> None:
    """With other ends of lines, as git itself makes them on Windows, or with a mark before it."""
    text = (root / PROFILE).read_bytes()
    assert b"\r" not in text
    if form in ("no last end", "all of them"):
        text = text.rstrip(b"\n")
    if form in ("crlf", "all of them"):
        text = text.replace(b"\n", b"\r\n")
    put(
        published,
        {"index.html": (b"\xef\xbb\xbf" if form in ("bom", "all of them") else b"") + text},
        "refs/heads/nhap",
    )
    vi, en = refused(root, published)
    assert f"index.html, chính là {PROFILE}" in vi
    assert f"which is {PROFILE}" in en


def test_no_false_alarm(root: Path, published: Path) -> None:
    """What GitHub makes itself, another site's settings, the site's own files, and names in a stranger's request."""
    others = {
        "README.md": b"# x\n", "LICENSE": b"MIT", ".gitignore": b"y", "_config.yml": b"theme: x",
        ".github/workflows/site.yml": b"on: push", ".github/dependabot.yaml": b"y", "mkdocs.yml": b"y", "data/households.csv": b"y",
        "photos/0123456789abcdef-640.webp": b"x", "requirements.txt": b"y", "docs/huong-dan.txt": b"y",
        "_data/thanh-vien.yml": b"y", "bang.csv": b"y", "village.json": b"y", "trong.md": b"\n", "thon-dong/index.html": b"y",
        ".github/ho-0001.yml": b"y",
    }  # fmt: skip
    put(published, others, "refs/heads/cu")
    put(published, {"profiles/x.yaml": b"x"}, "refs/pull/1/head")
    (root / "profiles/thon-dong/photos/lay-lai.webp").write_bytes(b"x")
    (root / "profiles/thon-dong/trong.txt").write_bytes(b"")
    (root / "profiles/thon-dong/dong-trong.txt").write_bytes(b"\r\n")
    done = publish(root, "--dry-run")
    assert done.code == 0, done.said


# --- What answers there now --------------------------------------------------------------------------------


def test_an_address_would_disappear(root: Path, published: Path) -> None:
    """One that was never printed may go, by its path or its whole address; nothing else may go with it."""
    code = rows(root)[2][0]
    row = f"{code},thon-dong/ho-0002.yaml,2026-10-19,,,"
    edit(root / "profiles/codes.csv", row, f"{row}void\n482135,thon-dong/ho-0002.yaml,2026-11-20,,,")
    edit(root / "profiles/thon-dong/ho-0002.yaml", f'code: "{code}"', 'code: "482135"')
    assert build(root).code == 0
    vi, en = refused(root, published)
    assert f"https://{DOMAIN}/{code}/" in vi
    assert f"vuonho publish --allow-removed {code}/ --allow-removed en/{code}/" in en
    vi, en = refused(root, published, "--allow-removed", f"{code}/")
    assert f"https://{DOMAIN}/en/{code}/" in vi
    assert f"vuonho publish --allow-removed {code}/ --allow-removed en/{code}/" in en
    elsewhere = f"https://khac.example/{code}/"
    for too_much in (elsewhere, "*", "/*", f"https://{DOMAIN}/*", "en*", "https://[bad/"):
        assert code in next(refused(root, published, "--allow-removed", too_much))
    wished = ("--let-go", f"{DOMAIN}/{code}/", "--allow-removed", "en/*", "--allow-removed", "111/")
    there = refs(published)
    assert publish(root, *wished, "--dry-run").code == 0
    asked = publish(root, *wished)
    assert (asked.code, "2 trang đang mở được sẽ mất" in asked.err, refs(published)) == (1, True, there), (
        asked.said
    )
    done = publish(root, *wished, "--yes")
    assert done.code == 0, done.said
    assert f"2 trang bỏ: {code}/, en/{code}/" in done.out
    assert "Lưu ý: --allow-removed 111/ không khớp trang nào sắp mất" in done.err
    assert done.err.count("--allow-removed") == 1


def test_a_printed_address_may_never_go(root: Path, published: Path) -> None:
    """Nor one whose code the register has forgotten: another project's site, or a register that lost its rows."""
    page = git(published, "cat-file", "blob", "main:404.html").encode()
    held = {
        "404.html": page,
        "sw.js": page,
        "data/households.json": page,
        "926002/index.html": page,
        "index.html": page,
    }
    put(published, held, after="refs/heads/main")
    vi, en = refused(root, published, "--allow-removed", "926002/")
    assert f"https://{DOMAIN}/926002/" in vi
    assert "--allow-removed does not apply" in en


@pytest.mark.parametrize(
    "held", [{"index.html": b"hello"}, {"index.html": b"x", "assets/style.css": b"x"}, {"src/main.py": b"x"}]
)
def test_another_website_is_not_overwritten(root: Path, far: Path, held: dict[str, bytes]) -> None:
    """It is named, and stays; a README beside it is no matter."""
    put(far, {"README.md": b"# x\n"} | held)
    vi, en = refused(root, far)
    assert f"không phải trang do vuonho dựng: {sorted(held)[0]}" in vi
    assert "It is not overwritten" in en


@pytest.mark.parametrize(
    ("there", "branch"), [("main", "main/x"), ("main/x", "main"), ("main/x/y", "main/x")]
)
def test_a_branch_that_cannot_be_beside_another(root: Path, far: Path, there: str, branch: str) -> None:
    """git keeps one as a folder where the other is a file; nobody was faster."""
    put(far, {"README.md": b"x"}, f"refs/heads/{there}")
    vi, en = refused(root, far, "--branch", branch, "--dry-run")
    assert f"Tên nhánh {branch} trùng với nhánh {there}" in vi
    assert "publish --branch NAME" in en


def test_another_domain(root: Path, published: Path) -> None:
    """The repository answers at a domain that site.yaml does not know."""
    put(published, {"CNAME": b"thonkhac.example\n", "README.md": b"x"}, after="refs/heads/main")
    vi, en = refused(root, published)
    assert "đang mở ở tên miền riêng thonkhac.example" in vi
    assert "Custom domain" in en


def test_a_domain_behind_a_mark_of_an_editor(root: Path, published: Path) -> None:
    """The Windows editor puts a BOM before it: the same domain, and written without it."""
    site = {name: content for name, content in files(root / "site").items() if name != ".gitignore"}
    put(published, site | {"CNAME": b"\xef\xbb\xbf" + DOMAIN.encode()}, after="refs/heads/main")
    done = publish(root)
    assert done.code == 0, done.said
    assert git(published, "cat-file", "blob", "main:CNAME") == DOMAIN


# --- The way there -----------------------------------------------------------------------------------------


def hook(repository: Path, text: str) -> None:
    """Let a repository run something when it receives."""
    path = repository / "hooks/pre-receive"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def test_the_repository_does_not_take_it(root: Path, far: Path) -> None:
    """A protected branch: git's own word is there for the helper."""
    hook(far, "echo no, thanks >&2\nexit 1")
    vi, en = refused_late(root, far)
    assert "nhánh ấy đang được khóa" in vi
    assert "the branch is protected" in en
    assert "(git: " in en


def test_a_working_folder_is_no_place(root: Path, tmp_path: Path) -> None:
    """Its branch is open there."""
    far = tmp_path / "trang"
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(far))
    put(far, {"README.md": b"x"})
    vi, en = refused_late(root, far, to="../trang")
    assert "git init --bare" in vi
    assert "working folder" in en


def test_somebody_else_was_faster(root: Path, published: Path) -> None:
    """Between the look and the push: theirs stays, and it is said."""
    edit(root / "profiles/site.yaml", "title: {vi: Vườn hộ thôn Đông", "title: {vi: Vườn thôn Đông")
    assert build(root).code == 0
    theirs: list[str] = []
    faster = {"README.md": b"x"}
    vi, en = refused_late(
        root, published, meanwhile=lambda: theirs.append(put(published, faster, after="refs/heads/main"))
    )
    assert vi.startswith("Vừa có người khác đăng lên kho ấy")
    assert en.startswith("Somebody else has just published")
    assert [refs(published)["refs/heads/main"]] == theirs


def test_no_network(root: Path) -> None:
    """Nobody listens at that port of this very computer."""
    vi, en = refused(root, None, to="https://127.0.0.1:1/x/trang.git")
    assert "Mạng chưa tới được" in vi
    assert "The network does not reach" in en


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() != 0, reason="gives a folder to another"
)
def test_a_stick_of_somebody_else(root: Path, far: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """git does not trust it; the line that helps is quoted whole."""
    shutil.chown(far, 12345)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    before = belongs(root)
    for language in LANGUAGES:
        done = publish(root, language=language)
        assert (done.code, belongs(root)) == (1, before)
        assert f"git config --global --add safe.directory {far}" in done.err


def test_there_is_no_git(root: Path, far: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How to get it, also where it is older than what is needed."""
    with monkeypatch.context() as path:
        path.setenv("PATH", str(tmp_path))
        done = [publish(root, language=language) for language in LANGUAGES]
    assert [one.code for one in done] == [1, 1]
    assert "winget install Git.Git" in done[0].err
    assert "This computer has no git" in done[1].err
    old = tmp_path / "git"
    old.write_text("#!/bin/sh\necho git version 2.20.1\n", encoding="utf-8")
    old.chmod(0o755)
    with monkeypatch.context() as path:
        path.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        done = [publish(root, language=language) for language in LANGUAGES]
    assert "cũ quá (git version 2.20.1)" in done[0].err
    assert "too old" in done[1].err
    assert refs(far) == {}


@pytest.mark.skipif(os.name == "nt", reason="a shell stands in for git")
@pytest.mark.parametrize(
    ("said", "vi", "en"),
    [
        ("printf '\\033[31mgit version 2.20.1.windows.1\\033]0;x\\007 y'", "cũ quá (git version 2.20.1.windows.1).", "too old"),
        ("printf '\\033[2Jno version, sorry'", "không trả lời như git", "does not answer as git does"),
        ("exec sleep 600", "không trả lời như git", "does not answer as git does"),
    ],
)  # fmt: skip
def test_something_else_is_called_git(
    root: Path, far: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, vi: str, en: str
) -> None:
    """It steers no terminal, is not called too old without a version, and is not waited for without end."""
    stub = tmp_path / "git"
    stub.write_text(f"#!/bin/sh\n{said}\n", encoding="utf-8")
    stub.chmod(0o755)
    if "sleep" in said:
        monkeypatch.setattr("vuonho.publish.git._PATIENCE", 0.5)
    with monkeypatch.context() as path:
        path.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        done = [publish(root, language=language) for language in LANGUAGES]
    assert [one.code for one in done] == [1, 1]
    assert vi in done[0].err
    assert en in done[1].err
    assert "\x1b" not in done[0].err + done[1].err
    assert "winget install Git.Git" in done[0].err
    assert refs(far) == {}
