"""Each refusal of `publish`, provoked once: what it says, and that nothing was sent or changed."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from case_kit import each
from command_kit import build, edit, files, rows, twin
from publish_kit import DOMAIN, FAR, bare, belongs, git, publish, put, refs, tree
from vuonho.publish import remote

pytestmark = pytest.mark.slow

PROFILE = "profiles/thon-dong/ho-0001.yaml"
PAGE = "index.html"
Spoil = Callable[[Path, Path], object]


def refused(root: Path, far: Path, *options: str, to: str = FAR, code: int = 1, language: str = "vi") -> str:
    """Return what is said of a refusal with a way out, after seeing that nothing has changed anywhere."""
    before = belongs(root), branches(far)
    done = publish(root, *options, to=to, language=language)
    assert (done.code, done.out) == (code, ""), done.said
    assert "→" in done.err
    assert (belongs(root), branches(far)) == before
    return done.err


def branches(far: Path) -> dict[str, bytes]:
    """Return the files of a repository that say where its branches and tags are."""
    return {name: content for name, content in files(far).items() if "refs" in name}


def nothing(_root: Path, _far: Path) -> None:
    """Leave all as it is."""


def cut_off(left: str) -> Spoil:
    """Leave what a run leaves that was killed."""

    def spoil(root: Path, _far: Path) -> None:
        path = root / ".vuonho" / left
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({"ready": False, "files": []}), encoding="utf-8")

    return spoil


def move_out(root: Path, _far: Path) -> None:
    shutil.move(root / f"site/{PAGE}", root.parent / "x")
    (root / f"site/{PAGE}").symlink_to(root.parent / "x")


def move_folder_out(root: Path, _far: Path) -> None:
    folder = root / "site/en"
    shutil.move(folder, root.parent / "x")
    folder.symlink_to(root.parent / "x")


def change_profile(root: Path, _far: Path) -> None:
    edit(root / PROFILE, "publish: [", "publish: [links, ")
    edit(root / PROFILE, "checked: ", "links: [https://moi.example/]\nchecked: ")


def forget_print(root: Path, _far: Path) -> None:
    edit(root / "profiles/codes.csv", f"2026-11-01,https://{DOMAIN}/{rows(root)[0][0]}/,", ",,")
    (root / ".vuonho/register.csv").unlink()


def build_elsewhere(root: Path, far: Path) -> None:
    forget_print(root, far)
    assert build(root, "--base-url", "https://khac.example/").code == 0


def other_address(root: Path, _far: Path) -> None:
    there = f"https://ten-thon.github.io/vuon/\nprevious_urls: [https://{DOMAIN}/]"
    edit(root / "profiles/site.yaml", f"https://{DOMAIN}/", there)


def hooked(text: str) -> Spoil:
    """Let the repository run something when it receives."""

    def spoil(_root: Path, far: Path) -> None:
        path = far / "hooks/pre-receive"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        path.chmod(0o755)

    return spoil


def working_folder(_root: Path, far: Path) -> None:
    shutil.rmtree(far)
    git(far.parent, "init", "--quiet", "--initial-branch=main", str(far))
    put(far, {"README.md": b"x"})


def empty_folder(_root: Path, far: Path) -> None:
    shutil.rmtree(far)
    far.mkdir()


def holds(*names: str, ref: str = "refs/heads/main") -> Spoil:
    """Let the repository hold files of these names."""
    return lambda _root, far: put(far, {"README.md": b"# x\n"} | dict.fromkeys(names, b"x"), ref)


FOREIGN = "không phải trang do vuonho dựng:\n  "
CASES: tuple[tuple[Spoil, tuple[str, ...], str], ...] = (
    # Where it goes.
    (nothing, ("--to", ""), "Chưa biết đăng trang lên kho nào"),
    *((nothing, ("--to", to), "Kho ấy là chính dự án này") for to in (".", "..", "profiles")),
    *((nothing, ("--to", to), "https://github.com/TÊN/KHO; kho mới trên ổ thì phải tạo trước (git init") for to in ("thon/x.github.io", "khong.git")),
    (nothing, ("--to", f"../{'x' * 290}"), "Không thấy kho /"),
    (lambda root, _far: (root.parent / "tep").write_bytes(b"x"), ("--to", "../tep"), "Không thấy kho /"),
    (empty_folder, (), "Không thấy kho ấy"),
    (nothing, ("--to", "https://github.com/ten-thon/vuon"), f"({DOMAIN}) chỉ để thử"),
    (other_address, (), "kho trang thì mở ở https://ten-thon.github.io/trang/"),
    # What goes.
    *((spoil, (), "không phải do vuonho ghi") for spoil in (move_out, move_folder_out)),
    (lambda root, _far: edit(root / "profiles/thon-dong/village.yaml", "centre: 18.1250", "centre: giữa 18.1250"), (),
     "village.yaml"),
    (lambda root, _far: shutil.copy(root / "profiles/codes.csv", root / "site"), (), "site/codes.csv"),
    (lambda root, _far: shutil.copy(root / "site/icon.svg", root / "profiles/thon-dong/photos/goc.svg"), (),
     "site/icon.svg, nó chính là profiles/thon-dong/photos/goc.svg"),
    # What answers there.
    (holds("index.html"), (), f"{FOREIGN}index.html\n"),
    (holds("index.html", "assets/style.css"), (), f"{FOREIGN}assets/style.css\n"),
    (holds("src/main.py"), (), f"{FOREIGN}src/main.py\n"),
    (lambda _root, far: put(far, {"CNAME": b"thonkhac.example\n"}), (), "tên miền riêng thonkhac.example"),
    # The way there.
    (hooked("echo no, thanks >&2\nexit 1"), (), "nhánh ấy đang được khóa, hoặc kho có luật riêng.\n  (git: remote: no"),
    (working_folder, (), "git init --bare"),
    (holds(), ("--branch", "main/x"), "trùng với một nhánh"),
    (holds(ref="refs/heads/x/y"), ("--branch", "x"), "trùng với một nhánh"),
    (nothing, ("--to", "https://127.0.0.1:1/x/trang.git"), "Mạng chưa tới được"),
)  # fmt: skip


@each(("spoil", "options", "said"), CASES, ids=[said for _, _, said in CASES])
def test_each_refusal(
    village: Path, sent: Path, tmp_path: Path, spoil: Spoil, options: tuple[str, ...], said: str
) -> None:
    """Says why, and how to go on."""
    assert sent.is_dir()  # the village has been published once: what is remembered of that stays, too
    root, far = twin(village, tmp_path / "dự án"), bare(tmp_path / "trang.git")
    spoil(root, far)
    assert said in refused(root, far, *options)


def unbuild(root: Path, _far: Path) -> None:
    """Take the built site away, and what is remembered of it."""
    for name in ("site", ".vuonho/out"):
        shutil.rmtree(root / name)


SPOILT: dict[str, Spoil] = {
    "never built": unbuild,
    "cut off": cut_off("out/site/staging/0000000"),
    "a page deleted": lambda root, _far: (root / f"site/{PAGE}").unlink(),
    "a page edited": lambda root, _far: edit(root / f"site/{PAGE}", "<html", "<htmL"),
    "a profile changed": change_profile,
    "built for another address": build_elsewhere,
}  # fmt: skip


@each("spoilt", SPOILT)
def test_what_is_sent_is_built_first(village: Path, tmp_path: Path, spoilt: str) -> None:
    """Whatever the site here is like: what arrives is what a build makes of the profiles."""
    root, far = twin(village, tmp_path / "dự án"), bare(tmp_path / "trang.git")
    SPOILT[spoilt](root, far)
    done = publish(root)
    assert done.code == 0, done.said
    sent = {name: blob for name, blob in tree(far).items() if name != "CNAME"}
    again = shutil.copytree(root, tmp_path / "again", ignore=shutil.ignore_patterns("site", ".vuonho"))
    assert build(again).code == 0
    made = {name: content for name, content in files(again / "site").items() if name != ".gitignore"}
    assert sent == {name: remote.blob_id(content) for name, content in made.items()}


@each(
    ("options", "said"),
    [(("--to", "ext::sh -c touch% ran"), "can run programs"),
     (("--to", "https://ten:ghp_bimat@github.com/a/b"), "a password or a token"),
     (("--to", "https://github.com/a"), "is not the address of a repository"),
     (("--branch", "a..b"), "cannot be the name of a branch")],
)  # fmt: skip
def test_what_can_never_be_right(village: Path, sent: Path, options: tuple[str, ...], said: str) -> None:
    """Is wrong usage; nothing is run, and a token is not repeated."""
    err = refused(village, sent, *options, code=2, language="en")
    assert (said in err, "bimat" in err) == (True, False)


# --- What lies there already -------------------------------------------------------------------------------


def test_what_is_private_by_its_name(root: Path, far: Path) -> None:
    """On the branch itself; with the commit, and the truth about a force-push."""
    names = (
        "du-an/profiles/codes.csv", "site.yaml", "thon-x/photos/huong-1.jpg", "vuonho-ba-2026.txt",
        "x/ba.yaml",
    )  # fmt: skip
    commit = put(far, dict.fromkeys((*names, "z.xlsx"), b"x"))
    err = refused(root, far)
    assert "".join(f"\n  {name} ({commit[:7]})" for name in names) + "\n  và 1 nữa" in err
    assert "Ghi đè hay xóa tệp không lấy lại được" in err


def test_a_profile_anywhere_under_any_name(root: Path, published: Path) -> None:
    """Known by its content: removed since, in another branch, a tag of a file, somebody's request, a note."""
    names = (
        "codes.csv", "site.yaml", "thon-dong/ho-0000.yaml", "thon-dong/ho-0001.yaml",
        "thon-dong/ho-0002.yaml",
    )  # fmt: skip
    removed, branch, tag, request, note = ((root / "profiles" / name).read_bytes() for name in names)
    put(published, {"a.bin": removed}, "refs/heads/a")
    put(published, {"README.md": b"x"}, "refs/heads/a", after="refs/heads/a")
    put(published, {"b.bin": branch}, "refs/heads/b")
    put(published, {"c.bin": tag}, "refs/heads/c")
    git(published, "tag", "v1", git(published, "rev-parse", "refs/heads/c:c.bin"))
    git(published, "update-ref", "-d", "refs/heads/c")
    put(published, {"d.bin": request}, "refs/pull/3/head")
    put(published, {"e.bin": note}, "refs/notes/x")
    err = refused(root, published, language="en")
    assert [name for name in names if f", which is profiles/{name} (" not in err] == []


def test_a_profile_as_an_editor_left_it(root: Path, published: Path) -> None:
    """With other ends of lines, as git itself makes them on Windows, or with a mark before it."""
    names = ("codes.csv", "thon-dong/ho-0000.yaml", "thon-dong/ho-0001.yaml", "thon-dong/ho-0002.yaml")
    crlf, bom, cut, whole = ((root / "profiles" / name).read_bytes() for name in names)
    mark = b"\xef\xbb\xbf"
    forms = (
        crlf.replace(b"\n", b"\r\n"),
        mark + bom,
        cut.rstrip(),
        mark + whole.rstrip().replace(b"\n", b"\r\n"),
    )
    put(published, {f"{number}.bin": form for number, form in enumerate(forms)}, "refs/heads/nhap")
    err = refused(root, published)
    assert [name for name in names if f", chính là profiles/{name} (" not in err] == []


def test_no_false_alarm(root: Path, published: Path) -> None:
    """What GitHub makes itself, another site's settings, the site's own files, and names in a stranger's request."""
    others = {
        "README.md": b"# x\n", "LICENSE": b"MIT", ".gitignore": b"y", "_config.yml": b"theme: x",
        ".github/workflows/site.yml": b"on: push", "mkdocs.yml": b"y", "data/households.csv": b"y",
        "photos/0123456789abcdef-640.webp": b"x", "requirements.txt": b"y", "docs/huong-dan.txt": b"y",
        "bang.csv": b"y", "village.json": b"y", "trong.md": b"\n", "thon-dong/index.html": b"y",
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
    call = f"vuonho publish --allow-removed {code}/ --allow-removed en/{code}/"
    in_vain = (f"https://khac.example/{code}/", "/*", "en*", "https://[bad/")
    for allowed in ((), (f"{code}/",), in_vain):
        err = refused(root, published, *(word for one in allowed for word in ("--allow-removed", one)))
        assert f"https://{DOMAIN}/en/{code}/\n" in err
        assert call in err
    wished = ("--let-go", f"{DOMAIN}/{code}/", "--allow-removed", "en/*")
    assert publish(root, *wished, "--dry-run").code == 0
    assert "2 trang đang mở được sẽ mất" in refused(root, published, *wished)
    done = publish(root, *wished, "--yes")
    assert done.code == 0, done.said
    assert f"2 trang bỏ: {code}/, en/{code}/" in done.out


def test_a_printed_address_may_never_go(root: Path, published: Path) -> None:
    """Nor one whose code the register has forgotten: another project's site, or a register that lost its rows."""
    names = ("404.html", "sw.js", "data/households.json", "926002/index.html", "index.html")
    put(published, dict.fromkeys(names, b"x"), after="refs/heads/main")
    err = refused(root, published, "--allow-removed", "926002/")
    assert f"https://{DOMAIN}/926002/" in err
    assert "--allow-removed" in err.partition("→")[2]


def test_somebody_else_was_faster(root: Path, published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look and the push: theirs stays, and it is said."""
    edit(root / "profiles/site.yaml", "title: {vi: Vườn hộ thôn Đông", "title: {vi: Vườn thôn Đông")
    assert build(root).code == 0
    theirs: list[str] = []

    def look(*given: object) -> object:
        found = usual(*given)  # type: ignore[arg-type]
        theirs.append(put(published, {"README.md": b"x"}, after="refs/heads/main"))
        return found

    usual = remote.look
    monkeypatch.setattr("vuonho.publish.publish.look", look)
    before = belongs(root)
    done = publish(root)
    assert (done.code, belongs(root)) == (1, before)
    assert done.err.startswith("Vừa có người khác đăng lên kho ấy")
    assert [refs(published)["refs/heads/main"]] == theirs


# --- git itself --------------------------------------------------------------------------------------------


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() != 0, reason="gives a folder to another"
)
def test_a_drive_of_somebody_else(root: Path, far: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """git does not trust it; the line that helps is quoted whole."""
    shutil.chown(far, 12345)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    done = publish(root)
    assert done.code == 1
    assert f"(git: git config --global --add safe.directory {far})" in done.err


@pytest.mark.skipif(os.name == "nt", reason="a shell stands in for git")
@each(
    ("answer", "said"),
    [(None, "Máy này chưa có git"),
     ("printf '\\033[31mgit version 2.20.1.windows.1\\033]0;x\\007 y'", "git version 2.20.1.windows.1"),
     ("printf '\\033[2Jno version, sorry'", "no version, sorry"),
     ("exec sleep 600", "git: …)")],
)  # fmt: skip
def test_there_is_no_git(
    village: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str | None, said: str
) -> None:
    """Or an old one, or something else of that name: it steers no terminal, and is not waited for without end."""
    if answer:
        stub = tmp_path / "git"
        stub.write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
        stub.chmod(0o755)
    monkeypatch.setattr("vuonho.publish.git._PATIENCE", 0.5)
    far = bare(tmp_path / "x.git")
    with monkeypatch.context() as path:
        path.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}" if answer else str(tmp_path))
        done = publish(village, to=str(far))
    assert (done.code, "\x1b" in done.err) == (1, False)
    assert said in done.err
    assert "winget install Git.Git" in done.err


def test_a_domain_behind_a_mark_of_an_editor(root: Path, published: Path) -> None:
    """The Windows editor puts a BOM before it: the same domain, and written without it."""
    site = {name: content for name, content in files(root / "site").items() if name != ".gitignore"}
    put(published, site | {"CNAME": b"\xef\xbb\xbf" + DOMAIN.encode()}, after="refs/heads/main")
    done = publish(root)
    assert done.code == 0, done.said
    assert git(published, "cat-file", "blob", "main:CNAME") == DOMAIN
