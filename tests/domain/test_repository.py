"""The address of a repository as people write it, the branch, and whether the site's address is the one it answers at."""

import re
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import UserError
from vuonho.model.hosting import Repository, on_disk, parse_branch, parse_repository, require_agreement

HOME = "https://github.com/ten-thon/ten-thon.github.io"
GOOD = {
    HOME: Repository(HOME, "ten-thon.github.io", "github.com", "ten-thon"),
    "https://www.GitHub.com/Ten-Thon/Vuon.git/": Repository(
        "https://github.com/Ten-Thon/Vuon", "Vuon", "github.com", "Ten-Thon"
    ),
    "git@github.com:ten-thon/vuon.git": Repository(
        "git@github.com:ten-thon/vuon.git", "vuon", "github.com", "ten-thon"
    ),
    "ssh://git@ssh.github.com:443/ten-thon/vuon.git": Repository(
        "ssh://git@ssh.github.com:443/ten-thon/vuon.git", "vuon", "github.com", "ten-thon"
    ),
    "git@ssh.github.com:ten-thon/vuon.git": Repository(
        "git@ssh.github.com:ten-thon/vuon.git", "vuon", "github.com", "ten-thon"
    ),
    **dict.fromkeys(
        (
            "github.com/ten-thon/vuon",
            "https://github.com/ten-thon/vuon?tab=readme-ov-file#vuon",
            "www.GitHub.com/ten-thon/vuon.git",
            "//github.com/ten-thon/vuon",
            "https:/github.com/ten-thon/vuon",
            "https:github.com/ten-thon/vuon",
            r"https:\\github.com\ten-thon\vuon",
        ),
        Repository("https://github.com/ten-thon/vuon", "vuon", "github.com", "ten-thon"),
    ),
    "file:/srv/trang.git": Repository("/srv/trang.git", "trang"),
    "../github.com/a": Repository("../github.com/a", "a"),
    "ssh://git@github.com/ten-thon/vuon": Repository(
        "ssh://git@github.com/ten-thon/vuon", "vuon", "github.com", "ten-thon"
    ),
    "https://codeberg.org/ten/pages.git": Repository(
        "https://codeberg.org/ten/pages.git", "pages", "codeberg.org"
    ),
    "git@gitlab.com:xa/thon/vuon.git": Repository("git@gitlab.com:xa/thon/vuon.git", "vuon", "gitlab.com"),
    "https://may.example:8443/x.git": Repository("https://may.example:8443/x.git", "x", "may.example"),
    r"D:\usb\trang.git": Repository(r"D:\usb\trang.git", "trang"),
    "E:/trang": Repository("E:/trang", "trang"),
    r"\\may-xa\chung\trang.git": Repository(r"\\may-xa\chung\trang.git", "trang"),
    "../kho trang.git": Repository("../kho trang.git", "kho trang"),
    "/media/Ổ đĩa/trang.git": Repository("/media/Ổ đĩa/trang.git", "trang"),
    "/srv/trang/.git": Repository("/srv/trang/.git", "trang"),
    "file:///srv/kho%20trang.git": Repository("/srv/kho trang.git", "kho trang"),
    "file:///D:/usb/trang.git": Repository("D:/usb/trang.git", "trang"),
    "file://may-xa/chung/trang.git": Repository("//may-xa/chung/trang.git", "trang"),
}


@each("text", GOOD)
def test_an_address_is_understood(text: str) -> None:
    """GitHub by https and ssh, other hosts, and disks of Windows and others."""
    assert parse_repository(f" {text} ") == GOOD[text]


BAD = (
    "", "-", "--upload-pack=x", "ext::sh -c x", "EXT::x", "fd::3", "https::https://github.com/a/b", "http://github.com/a/b",
    "git://github.com/a/b", "ftp://x/y", "javascript://x", "https://user@github.com/a/b", "https://x:y@github.com/a/b",
    "https://github.com/a/b?token=x", "ssh://git:mat@github.com/a/b", "ssh://-oProxyCommand=x/y", "git@-oProxyCommand=x:a/b",
    "-x@github.com:a/b", "https://github.com", "https://github.com/a", "https://github.com/a/b/c", "https://github.com/a/.git",
    "https://github.com/a/../b", "https://github.com/-a/b", "git@github.com:a", "https://github.com/a b/c", "a\tb", "x\ny.git",
    "x\u202ey", "x" * 301, "https://github.com:99999/a/b", "https://[x/y", "file://", "file:///", "file:///x?y",
    "https://ten-thon.github.io/", "https://ten-thon.github.io/vuon/", "https://github.com/a/%2e%2e",
    "https://gist.github.com/thon/Vuon", "git@gist.github.com:thon/vuon.git", "gist.github.com/thon/vuon", "github.com", "github.com/a",
    "https:/", "http:/github.com/a/b", "ten-thon.github.io/vuon", "https:///",
)  # fmt: skip


@each("text", BAD)
def test_a_bad_address_is_refused(text: str) -> None:
    """What runs programs, carries secrets, goes unencrypted, or is no address; with a way out."""
    with pytest.raises(UserError) as refused:
        parse_repository(text)
    assert all(refused.value.hint)


def test_the_site_instead_of_its_repository() -> None:
    """Somebody who copied the address of the website is told that of the repository."""
    for site, repository in (("vuon/", "vuon"), ("", "ten-thon.github.io")):
        with pytest.raises(UserError) as refused:
            parse_repository(f"https://ten-thon.github.io/{site}")
        assert refused.value.hint.en.endswith(f"https://github.com/ten-thon/{repository}")


SIGNS = st.text(st.sampled_from("ab:/@.-\\?#%&=~+ \x00đ1"), max_size=30)


@given(st.one_of(st.text(max_size=40), SIGNS, SIGNS.map("https://".__add__), SIGNS.map("ssh://".__add__)))
def test_no_address_gets_a_program_run(text: str) -> None:
    """Whatever is accepted is https, ssh, or a path that no transport of git's makes anything of."""
    try:
        found = parse_repository(text)
    except UserError:
        return
    assert not found.url.startswith("-")
    assert not re.match(r"[A-Za-z0-9+.-]+::", found.url)
    assert found.is_local or re.match(
        r"https://[A-Za-z0-9]|ssh://|([A-Za-z0-9_][\w.-]*@)?[A-Za-z0-9]", found.url
    )
    assert found.is_local or not re.search(r"//[^/]*:[^/0-9]|[?#\s]", found.url)


def test_a_branch() -> None:
    """As people name them; refused is what git would not take, or takes for something else."""
    for name in ("main", "gh-pages", "trang/2026", "v1.0", "a_b"):
        assert parse_branch(f" {name} ") == name
    for name in (
        "",
        "HEAD",
        "-x",
        "a..b",
        "a//b",
        "/a",
        "a/",
        "a.lock",
        "a b",
        "refs/heads/x",
        "@{-1}",
        "nhánh",
        "a~1",
        "x" * 101,
    ):
        with pytest.raises(UserError):
            parse_branch(name)


def test_git_takes_every_branch_that_we_take() -> None:
    """Asked of git itself."""
    from itertools import product

    taken = []
    for signs in product("a.-/@l", repeat=4):
        try:
            taken.append(parse_branch("".join(signs)))
        except UserError:
            continue
    assert len(taken) > 50
    for name in taken[::11]:
        assert (
            subprocess.run(["git", "check-ref-format", f"refs/heads/{name}"], check=False).returncode == 0
        ), name


GITHUB = {
    ("https://ten-thon.github.io/", HOME): "",
    ("https://ten-thon.github.io/", "https://github.com/Ten-Thon/Ten-Thon.github.io"): "",
    ("https://ten-thon.github.io/Vuon/", "git@github.com:Ten-Thon/Vuon.git"): "",
    ("https://vuonho.vn/", "https://github.com/ten-thon/trang"): "vuonho.vn",
    ("https://xa.gov.vn/vuon/", "https://github.com/xa/vuon"): "",
    ("https://ten-thon.github.io/", "D:/usb/ten-thon.github.io.git"): "",
    ("https://ten-thon.github.io/vuon/", "../vuon.git"): "",
    ("https://vuonmau.example/", "../trang.git"): "vuonmau.example",
    ("https://vuonmau.example:8443/", "../trang.git"): "",
    ("https://vuonmau.example/vuon/", "https://codeberg.org/x/vuon"): "",
}


@each(("base_url", "text"), GITHUB)
def test_address_and_repository_agree(base_url: str, text: str) -> None:
    """The address that GitHub gives, or a domain of one's own, for which there is a file CNAME."""
    assert require_agreement(base_url, parse_repository(text)) == GITHUB[base_url, text]


@each(
    ("base_url", "text"),
    [
        ("https://ten-thon.github.io/", "https://github.com/ten-thon/vuon"),
        ("https://ten-thon.github.io/vuon/", HOME),
        ("https://ten-thon.github.io/vuon/", "https://github.com/ten-thon/Vuon"),
        ("https://ten-thon.github.io/vuon/", "https://github.com/ten-xa/vuon"),
        ("https://ten-thon.github.io/vuon/en/", "https://github.com/ten-thon/vuon"),
        ("https://xa.gov.vn/vuon/", "https://github.com/xa/trang"),
        ("https://vuonmau.example/", "https://github.com/xa/trang"),
        ("https://xa.gov.vn:8443/", "https://github.com/xa/trang"),
        ("https://ten-thon.github.io/", "../vuon.git"),
        ("https://ten-thon.github.io/Vuon/", "../vuon.git"),
        ("https://ten-thon.github.io/Vuon/", "git@ssh.github.com:xa-khac/Vuon.git"),
    ],
)
def test_address_and_repository_disagree(base_url: str, text: str) -> None:
    """Plaques would lead elsewhere: refused, with the address that is right or what to change."""
    with pytest.raises(UserError) as refused:
        require_agreement(base_url, parse_repository(text))
    assert all(refused.value.hint)


def test_the_last_name_of_a_path() -> None:
    """With slashes of both kinds; nothing where there is none."""
    assert [on_disk(path).name for path in ("a/b.git", r"a\b", "b/", ".git", "/")] == ["b", "b", "b", "", ""]
