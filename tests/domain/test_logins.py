"""A password in an address is refused before anything else is judged, and never repeated."""

import pytest

from case_kit import each
from vuonho.errors import UserError, cited
from vuonho.model.hosting import parse_branch, parse_repository, refuse_login
from vuonho.model.values import quoted

CARRIES = (
    "https://ten:bimatlam@github.com/a/b", "http://ten:bimatlam@github.com/a/b", "ftp://ten:bimatlam@may.example/b",
    "https://git:bimatlam@[bad/a", "https://ten:bimatlam@github.com:99999999/a/b", "ten:bimatlam@github.com/a/b",
    "//ten:bimatlam@github.com/a/b", r"\\ten:bimatlam@github.com\a\b", r"https:\\ten:bimatlam@github.com\a",
    "https:/ten:bimatlam@github.com/a/b", "https:ten:bimatlam@github.com/a", "'https://ten:bimatlam@github.com/a/b'",
    "https://ten:bimat/lam@github.com/a/b", "ten@thu.example:bimatlam@github.com/a/b", "ssh://git:bimatlam@github.com/a/b",
    "ssh://git@github.com:bimatlam@x/y", "ext::curl https://ten:bimatlam@x", "https://bimatlam@github.com/a/b",
    "bimatlam@github.com/a/b", "https://ten:bimatlam\uff20github.com/a/b", "https://ten%3Abimatlam%40github.com/a/b",
    "https://ten:bimatlam\u200b@github.com/a/b", "-https://ten:bimatlam@x/y", f"https://ten:bimatlam@x/{'y' * 300}",
    "https://github.com/a/b?tab=x&token=bimatlam", "http://github.com/a/b?token=bimatlam", "github.com/a/b?token=bimatlam", "file://ten:bimatlam@may/x",
    "ten:bimatlam@github.com:a/b", "ghp_bimatlam0123456789", "ghp_bimatlam0123456789@github.com:a/b",
    "https://github.com/a/github_pat_bimatlam0123456789", "../github_pat_bimatlam0123456789",
)  # fmt: skip
PLAIN = (
    "https://github.com/a/b", "git@github.com:a/b.git", "ssh://git@github.com:22/a/b", "ssh://git@ssh.github.com:443/a/b",
    "may-xa:kho/trang.git", r"D:\usb\kho@xa.example\trang.git", "E:/a:b@c", "../kho@xa/a@b", "./a:b@c", "file:///srv/a:b@c/d@e",
    "file:///D:/usb/a@b", "file://may-xa/chung/a@b", "/srv/kho@xa/trang.git", "git@github.com/a/b", "trang@xa", "",
)  # fmt: skip


@each("text", CARRIES)
@each("read", [parse_repository, parse_branch])
def test_a_login_is_refused_and_not_repeated(text: str, read: object) -> None:
    """Whatever else is wrong with the address; with the advice to revoke what was written down."""
    assert callable(read)
    with pytest.raises(UserError) as refused:
        read(text)
    said = " ".join((*refused.value.message, *refused.value.hint))
    assert "bimat" not in said
    assert "hủy" in said


@each("text", PLAIN)
def test_what_carries_none(text: str) -> None:
    """The user of ssh is no secret, and a name on a disk may hold any sign."""
    refuse_login(text)


@each(
    ("text", "clean"),
    [
        ("fatal: 'https://ten:bi-mat@github.com/a/b' \x1b[31mno", "fatal: 'https://…@github.com/a/b' □[31mno"),
        ("ten:bi/mat@github.com/a/b", "…@github.com/a/b"),
        ("key ghp_0123456789abc, x", "key …, x"),
        ("git@github.com: Permission denied (publickey).", "git@github.com: Permission denied (publickey)."),
        ("Tổ làng nghề\n2 hộ", "Tổ làng nghề□2 hộ"),
        ("a\udcffb", "a□b"),
        (r"D:\usb\kho@xa.git", r"D:\usb\kho@xa.git"),
    ],
)  # fmt: skip
def test_what_came_from_elsewhere_is_shown_clean(text: str, clean: str) -> None:
    """No login, no sign that a terminal obeys, none that it cannot write; a quoted value the same."""
    assert cited(text) == clean
    assert quoted(text, 200) == f"“{clean}”"
