"""The repository that the site goes to, as people write its address; and the name of its branch.

    https://github.com/ten-thon/ten-thon.github.io     GitHub, also github.com/…, git@github.com:ten-thon/….git
    https://codeberg.org/ten-thon/pages.git            another host, by https or ssh
    D:\\usb\\trang.git, ../trang.git, file:///…          a repository on a disk

What could run a program (`ext::`, a name that begins with "-"), carry a password, or go unencrypted is refused.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from vuonho.bilingual import Text
from vuonho.domain.hosting.logins import refuse_login
from vuonho.domain.values import quoted
from vuonho.errors import Refused

GITHUB: Final = "github.com"
_SAME: Final = (f"www.{GITHUB}", f"ssh.{GITHUB}")
"""The same repositories; the second answers ssh at port 443 (GitHub Docs, "Using SSH over the HTTPS port")."""
_LONGEST: Final = 300
_LONGEST_BRANCH: Final = 100
_DRIVE: Final = re.compile(r"[A-Za-z]:(?:[\\/]|$)")
_HELPER: Final = re.compile(r"[A-Za-z0-9+.-]+::")
_WEB: Final = re.compile(r"(https?):[\\/]*", re.IGNORECASE)
_BARE: Final = re.compile(r"[\\/]*(?=(?:[a-z0-9-]+\.)*github\.(?:com|io)(?:[\\/]|$))", re.IGNORECASE)
"""What a browser shows without https://; no name of a folder from here, which would begin with a point."""
_SCP: Final = re.compile(r"(?:(?P<user>[^@/\\:]+)@)?(?P<host>[^@/\\:]{2,}):(?P<path>[^:]+)")
_HOST: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_USER: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,63}")
_PATH: Final = re.compile(r"(?:/?[A-Za-z0-9._~][A-Za-z0-9._~+-]*)+/?")
_OWNER: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})")
_BRANCH: Final = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*/)*[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")  # fmt: skip
_WAY_OUT: Final = Text(
    "Chép địa chỉ của kho từ trình duyệt, ví dụ https://github.com/ten-thon/ten-thon.github.io",
    "Copy the repository's address from the browser, such as https://github.com/village/village.github.io",
)


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository: `url` is what git is given, `name` its last name without `.git`.

    `host` is "" for one on a disk, whose `url` is a path; `owner` is known on GitHub only.
    """

    url: str
    name: str
    host: str = ""
    owner: str = ""

    @property
    def is_local(self) -> bool:
        """True for a repository on a disk."""
        return not self.host

    @property
    def is_on_github(self) -> bool:
        """True for a repository at github.com."""
        return self.host == GITHUB


def parse_repository(text: str) -> Repository:
    """Return the repository that an address means; raise Refused for one that is none, or that is dangerous."""
    refuse_login(text)
    text = text.strip()
    if not text or len(text) > _LONGEST or not text.isprintable() or text.startswith("-"):
        raise _none(text)
    if _DRIVE.match(text):
        return on_disk(text)
    if _HELPER.match(text):
        raise Refused(
            Text(f"{quoted(text)} là kiểu địa chỉ có thể chạy chương trình, nên không nhận.",
                 f"{quoted(text)} is a kind of address that can run programs, so it is not taken."), _WAY_OUT,
        )  # fmt: skip
    for shape in (_WEB, _BARE):
        if found := shape.match(text):
            scheme = found[1] if shape is _WEB else "https"
            return _from_url(f"{scheme}://{text[found.end() :]}".replace("\\", "/"))
    if "://" in text or text.lower().startswith("file:"):
        return _from_url(text)
    if found := _SCP.fullmatch(text):
        return _elsewhere(text, f"ssh://{text}", found["user"] or "", found["host"], found["path"], "ssh")
    return on_disk(text)


def on_disk(path: str) -> Repository:
    """Return the repository at a path of this computer."""
    names = [name for name in re.split(r"[\\/]", path) if name and name != ".git"]
    return Repository(path, _bare(names[-1]) if names else "")


def _from_url(text: str) -> Repository:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _none(text) from None
    scheme = parts.scheme.lower()
    if scheme == "file":
        return on_disk(_path_of(parts, text))
    if scheme not in ("https", "ssh"):
        raise Refused(
            Text(f"{quoted(text)}: chỉ nhận địa chỉ bắt đầu bằng https:// hoặc git@.",
                 f"{quoted(text)}: only addresses that begin with https:// or git@ are taken."), _WAY_OUT,
        )  # fmt: skip
    where = f"{scheme}://{f'{parts.username}@' if parts.username else ''}{host}{f':{port}' if port else ''}"
    return _elsewhere(text, f"{where}{parts.path}", parts.username or "", host, parts.path, scheme)


def _path_of(parts: SplitResult, text: str) -> str:
    path = unquote(parts.path)
    if parts.query or parts.fragment or not path.strip("/") or not path.isprintable():
        raise _none(text)
    if parts.netloc not in ("", "localhost"):
        return f"//{parts.netloc}{path}"
    return path[1:] if _DRIVE.match(path[1:]) else path


def _elsewhere(text: str, url: str, user: str, host: str, path: str, scheme: str) -> Repository:
    """Return a repository of another computer, each part of whose address is plain."""
    host = GITHUB if host.lower() in _SAME else host.lower()
    if host.endswith(".github.io"):
        raise _the_site_itself(text, host, [name for name in path.split("/") if name])
    sound = _HOST.fullmatch(host) and _PATH.fullmatch(path) and (not user or _USER.fullmatch(user))
    names = [name for name in path.split("/") if name]
    if not sound or not names or any(name in (".", "..") for name in names):
        raise _none(text)
    if host != GITHUB and not host.endswith(f".{GITHUB}"):
        return Repository(text if scheme == "ssh" and "://" not in text else url, _bare(names[-1]), host)
    if host != GITHUB or len(names) != 2 or not _OWNER.fullmatch(names[0]) or not _bare(names[1]):
        raise Refused(
            Text(f"{quoted(text)} không phải là địa chỉ của một kho ở GitHub.",
                 f"{quoted(text)} is not the address of a repository at GitHub."), _WAY_OUT,
        )  # fmt: skip
    owner, name = names[0], _bare(names[1])
    given = f"https://{GITHUB}/{owner}/{name}" if scheme == "https" else text if "://" not in text else url
    return Repository(given, name, host, owner)


def _bare(name: str) -> str:
    return name.removesuffix(".git")


def _the_site_itself(text: str, host: str, names: list[str]) -> Refused:
    owner, name = host.removesuffix(".github.io"), names[0] if names else host
    return Refused(
        Text(f"{quoted(text)} là địa chỉ trang web, không phải địa chỉ kho.",
             f"{quoted(text)} is the address of a website, not of a repository."),
        Text(f"Kho của trang ấy là https://github.com/{owner}/{name}",
             f"That site's repository is https://github.com/{owner}/{name}"),
    )  # fmt: skip


def _none(text: str) -> Refused:
    return Refused(
        Text(f"{quoted(text)} không phải là địa chỉ của một kho.",
             f"{quoted(text)} is not the address of a repository."), _WAY_OUT,
    )  # fmt: skip


def parse_branch(text: str) -> str:
    """Return the name of a branch; raise Refused for one that git would not take, or that is hard to type."""
    refuse_login(text)
    text = text.strip()
    parts = text.split("/")
    is_plain = _BRANCH.fullmatch(text) is not None and len(text) <= _LONGEST_BRANCH
    if is_plain and text != "HEAD" and parts[0] != "refs" and not any(one.endswith(".lock") for one in parts):
        return text
    raise Refused(
        Text(f"{quoted(text)} không dùng làm tên nhánh được.", f"{quoted(text)} cannot be the name of a branch."),
        Text("Thường là main; chỉ dùng chữ không dấu, chữ số và dấu gạch ngang.",
             "It is usually main; use plain letters, digits and hyphens only."),
    )  # fmt: skip
