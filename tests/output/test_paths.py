"""Output paths: whatever is accepted can be written anywhere, and collides with nothing."""

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.errors import UserError
from vuonho.output.site_folder import MAX_PATH, Claims, check_path, folders_of
from vuonho.text import portable_fold


@each(
    "path",
    [
        "",
        "/a",
        "a//b",
        "a/",
        "../a",
        "a/../b",
        ".",
        "a/./b",
        "C:/a",
        "C:a",
        "a\\b",
        "a\0b",
        "a\nb",
        "con",
        "x/NUL.png",
    ],
)
def test_unsafe_path_is_refused(path: str) -> None:
    """A path that leaves the site or that Windows cannot hold is refused."""
    with pytest.raises(UserError):
        check_path(path)


@each(
    "path",
    [
        "a./b",
        "a /b",
        "a?b",
        "a:b",
        'a"b',
        "a<b",
        "a|b",
        "a*b",
        ".git/config",
        ".GIT/x",
        "Com1.txt",
        "lpt¹",
        "\ud800",
    ],
)
def test_unportable_path_is_refused(path: str) -> None:
    """A name that one of the usual systems cannot hold, or that git keeps, is refused."""
    with pytest.raises(UserError):
        check_path(path)


@each(
    "path",
    [
        "index.html",
        ".nojekyll",
        "482135/index.html",
        "en/482135/index.html",
        "photos/Bưởi.webp",
        "a b",
        "console",
    ],
)
def test_usual_path_is_accepted(path: str) -> None:
    """The paths of a site are accepted."""
    check_path(path)


def test_longest_path_is_the_limit() -> None:
    """The last accepted length is 240 characters."""
    check_path("a/" * 119 + "ab")
    with pytest.raises(UserError):
        check_path("a/" * 119 + "abc")
    assert MAX_PATH == 240


@given(
    st.text(alphabet=st.characters(), max_size=12) | st.from_regex(r"[a-zA-Z./\\: ~]{1,12}", fullmatch=True)
)
def test_accepted_path_stays_inside(path: str) -> None:
    """Whatever is accepted is relative and goes down only, on POSIX and on Windows."""
    try:
        check_path(path)
    except UserError:
        return
    for kind in (PurePosixPath, PureWindowsPath):
        read = kind(path)
        assert not read.is_absolute()
        assert not read.drive
        assert ".." not in read.parts
        assert path == read.as_posix()


@each(
    ("first", "second"),
    [
        ("a.html", "a.html"),
        ("a/b", "A/b"),
        ("photos/Bưởi.webp", "photos/" + unicodedata.normalize("NFD", "Bưởi.webp")),
        ("a.png", "A.PNG"),
        ("a", "a/b"),
        ("a/b", "a"),
        ("a/b/c", "A"),
        ("A/x", "a/y"),
    ],
)
def test_colliding_paths_are_refused(first: str, second: str) -> None:
    """Two paths that some system takes for one, or one in the other's way, are refused."""
    claims = Claims()
    claims.claim(first)
    with pytest.raises(UserError):
        claims.claim(second)


def test_paths_side_by_side_are_accepted() -> None:
    """Different files in common folders do not collide, and the folders are known."""
    claims = Claims()
    for path in ("a/b/c", "a/b/d", "a/c", "q/1", "q/2"):
        claims.claim(path)
    assert {"a", "a/b", "q"} == set(claims.folders)


def test_twin_is_the_same_name_in_other_capitals() -> None:
    """A twin is found by letter case only, and a path is no twin of itself."""
    claims = Claims()
    claims.claim("photos/a.jpg")
    assert claims.twin_of("photos/A.jpg") == "photos/a.jpg"
    assert claims.twin_of("photos/a.jpg") == ""
    assert claims.twin_of("photos/b.jpg") == ""


@given(st.text(max_size=20))
def test_fold_does_not_see_case_or_composition(text: str) -> None:
    """Folding is the same for both forms of accents, and folding again changes nothing."""
    assert portable_fold(unicodedata.normalize("NFD", text)) == portable_fold(
        unicodedata.normalize("NFC", text)
    )
    assert portable_fold(portable_fold(text)) == portable_fold(text)


def test_folders_come_nearest_first() -> None:
    """The folders above a path are named without the site itself."""
    assert list(folders_of("a/b/c")) == ["a/b", "a"]
    assert list(folders_of("c")) == []
