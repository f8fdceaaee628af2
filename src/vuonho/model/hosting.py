"""Where the site is published to: the repository, whether it fits the address, and which files may lie there."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from vuonho.errors import TOKEN, UserError
from vuonho.i18n import Text
from vuonho.model.values import quoted

_ON_DISK: Final = re.compile(r"[A-Za-z]:[\\/]|\.{1,2}[\\/]|file:(?:///|//[^/\\@]*/|/(?!/))", re.IGNORECASE)
"""A drive, a folder from here, a file of this computer or its network: after them any sign may stand."""
_SSH: Final = re.compile(r"ssh://[a-z0-9_][a-z0-9._-]*@", re.IGNORECASE)
"""Whom ssh asks for, mostly `git`: no secret."""
_LOGIN: Final = re.compile(
    r"[\\/]*(?:"
    r"[^\\/@]*:.*@"  # scheme://…@, user:password@
    r"|[^\\/]*@.*@"  # name@mail:password@
    r"|(?!git@)[^\\/@:]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+[\\/]"  # token@host/
    r")",
    re.DOTALL,
)
_QUESTION: Final = re.compile(
    r"(?:[a-z0-9+.-]+://|[a-z0-9.-]+\.[a-z]+/).*\?(?!tab=[a-z-]{1,30}(?:#|$))", re.IGNORECASE
)
"""What may hold a token; but `?tab=readme-ov-file` is what a browser shows of a repository at GitHub."""


def refuse_login(text: str) -> None:
    """Raise UserError for a text that carries a login, however broken it is otherwise; it is not repeated.

    To be called before anything else judges the text, for whatever judges may quote it.
    """
    plain = unicodedata.normalize("NFKC", unquote(text)).strip()
    is_address = not _ON_DISK.match(plain)
    asked = _SSH.sub("ssh://", plain)
    if TOKEN.search(plain) or (is_address and (_LOGIN.match(asked) or _QUESTION.match(plain))):
        raise UserError(
            Text("The address carries a user name, a password or a token, so it is not taken."),
            Text(
                "Write the address alone, such as https://github.com/village/village.github.io; git "
                "asks for the login itself. A token that was written down is better revoked."
            ),
        )


# --- The repository that the site goes to, as people write its address; and the name of its branch ---

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
    "Copy the repository's address from the browser, such as https://github.com/village/village.github.io"
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
    """Return the repository that an address means; raise UserError for one that is none, or that is dangerous."""
    refuse_login(text)
    text = text.strip()
    if not text or len(text) > _LONGEST or not text.isprintable() or text.startswith("-"):
        raise _none(text)
    if _DRIVE.match(text):
        return on_disk(text)
    if _HELPER.match(text):
        raise UserError(
            Text("{text} is a kind of address that can run programs, so it is not taken.", text=quoted(text)),
            _WAY_OUT,
        )
    for shape in (_WEB, _BARE):
        if found := shape.match(text):
            scheme = found[1] if shape is _WEB else "https"
            return _from_url(f"{scheme}://{text[found.end() :]}".replace("\\", "/"))
    if "://" in text or text.lower().startswith("file:"):
        return _from_url(text)
    if found := _SCP.fullmatch(text):
        return _elsewhere(text, f"ssh://{text}", found["user"] or "", found["host"], found["path"], "ssh")
    return on_disk(text)


_PAGE: Final = re.compile(
    r"(?:https?://)?(?:www\.)?github\.com/(?!(?:settings|orgs|users|login|search)/)([^/?#\s]+)/([^/?#\s]+)(?:[/?#].*)?",
    re.IGNORECASE,
)


def repository_of_page(text: str) -> str:
    """Return the address of the repository of which somebody copied a page at GitHub; else the text as it is."""
    refuse_login(text)
    found = _PAGE.fullmatch(text.strip())
    return f"https://{GITHUB}/{found[1]}/{_bare(found[2])}" if found else text.strip()


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
        raise UserError(
            Text("{text}: only addresses that begin with https:// or git@ are taken.", text=quoted(text)),
            _WAY_OUT,
        )
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
    host, names = (
        GITHUB if host.lower() in _SAME else host.lower(),
        [name for name in path.split("/") if name],
    )
    if host.endswith(".github.io"):
        owner, name = host.removesuffix(".github.io"), names[0] if names else host
        raise UserError(
            Text("{text} is the address of a website, not of a repository.", text=quoted(text)),
            Text("That site's repository is https://github.com/{owner}/{name}", owner=owner, name=name),
        )
    sound = _HOST.fullmatch(host) and _PATH.fullmatch(path) and (not user or _USER.fullmatch(user))
    if not sound or not names or any(name in (".", "..") for name in names):
        raise _none(text)
    given, name = text if scheme == "ssh" and "://" not in text else url, _bare(names[-1])
    if host != GITHUB and not host.endswith(f".{GITHUB}"):
        return Repository(given, name, host)
    if host != GITHUB or len(names) != 2 or not _OWNER.fullmatch(names[0]) or not name:
        raise UserError(
            Text("{text} is not the address of a repository at GitHub.", text=quoted(text)), _WAY_OUT
        )
    given = f"https://{GITHUB}/{names[0]}/{name}" if scheme == "https" else given
    return Repository(given, name, host, names[0])


def _bare(name: str) -> str:
    return name.removesuffix(".git")


def _none(text: str) -> UserError:
    return UserError(Text("{text} is not the address of a repository.", text=quoted(text)), _WAY_OUT)


def parse_branch(text: str) -> str:
    """Return the name of a branch; raise UserError for one that git would not take, or that is hard to type."""
    refuse_login(text)
    text = text.strip()
    parts = text.split("/")
    is_plain = _BRANCH.fullmatch(text) is not None and len(text) <= _LONGEST_BRANCH
    if is_plain and text != "HEAD" and parts[0] != "refs" and not any(one.endswith(".lock") for one in parts):
        return text
    raise UserError(
        Text("{text} cannot be the name of a branch.", text=quoted(text)),
        Text("It is usually main; use plain letters, digits and hyphens only."),
    )


# --- Whether the address on the plaques is the one at which a repository answers (GitHub Docs, "About GitHub Pages") ---

_PAGES: Final = ".github.io"


def require_agreement(base_url: str, repository: Repository) -> str:
    """Return the domain for the file CNAME, "" where there is to be none; raise UserError where the two disagree."""
    parts = urlsplit(base_url)
    host, path = parts.hostname or "", parts.path
    if repository.is_on_github:
        _refuse_impossible(host, parts.port)
    if host.endswith(_PAGES):
        _require_pages(base_url, host, path, repository)
        return ""
    if path == "/":
        return host if parts.port is None else ""
    if path != f"/{repository.name}/":
        raise _disagree(base_url, repository, f"https://{host}/{repository.name}/")
    return ""


def is_example(base_url: str) -> bool:
    """Tell an address for trying out, which never answers."""
    return (urlsplit(base_url).hostname or "").endswith(".example")


def _refuse_impossible(host: str, port: int | None) -> None:
    if host.endswith(".example") or port is not None:
        raise UserError(
            Text("The address in site.yaml ({host}) is for trying out and never answers.", host=host)
            if port is None
            else Text("GitHub serves no site at port {port}.", port=port),
            Text(
                "Change base_url in profiles/site.yaml to the real address, before anything is "
                "printed, then: vuonho publish"
            ),
        )


def _require_pages(base_url: str, host: str, path: str, repository: Repository) -> None:
    if repository.is_on_github:
        right = address_on_github(repository)
        if base_url != right:
            raise _disagree(base_url, repository, right)
        return
    right = "/" if repository.name.lower() == host else f"/{repository.name}/"
    if path != right:
        raise _disagree(base_url, repository, f"https://{host}{right}")


def address_on_github(repository: Repository) -> str:
    """Return the address at which GitHub Pages shows a repository that has no domain of its own."""
    host = f"{repository.owner.lower()}{_PAGES}"
    return f"https://{host}/" if repository.name.lower() == host else f"https://{host}/{repository.name}/"


def _disagree(base_url: str, repository: Repository, right: str) -> UserError:
    return UserError(
        Text(
            "The address on the plaques is {base_url}, but the repository {name} answers at {right}",
            base_url=base_url,
            name=repository.name,
            right=right,
        ),
        Text(
            "Choose the right repository; or, if nothing is printed yet, change base_url in "
            "profiles/site.yaml, then: vuonho publish"
        ),
    )


# --- What a path tells: a file of the site, something that counts as nothing, or something that must stay home ---

CNAME: Final = "CNAME"

_LANGUAGE: Final = r"(?:[a-z]{2,3}/)?"
PATROL: Final = "tuan-tra/"
"""The folder of the page with which the team walks past the plaques; only the team is told of it."""
_KINDS: Final = re.compile(
    rf"(?:404|offline)\.html|{_LANGUAGE}(?:index\.html|manifest\.webmanifest)|form/manifest\.webmanifest"
    rf"|{_LANGUAGE}[a-z0-9-]+/(?:print/|con-so/|to-so/|den/)?index\.html"
    rf"|{_LANGUAGE}huong-dan/[a-z0-9-]+/index\.html|[a-z0-9-]+/to-so/lich\.ics|{_LANGUAGE}[a-z0-9-]+/mua\.(?:ics|atom)"
    rf"|(?:{PATROL})?doc-ma\.js"
    r"|robots\.txt|sitemap(?:-\d+)?\.xml|sw\.js|\.nojekyll|icon\.svg|apple-touch-icon\.png"
    r"|icon-(?:maskable-)?\d+\.png|wide-[0-9a-f]{8}\.css"
    r"|qr/\d{5,8}\.(?:png|svg)|photos/[0-9a-f]{16}-(?:\d+\.(?:webp|jpg)|(?:card|small)\.jpg)"
    r"|\d{5,8}/(?:(?:garden|strip)\.svg|\d{5,8}\.vcf)|[a-z0-9-]+/(?:map-[0-9a-f]{8}(?:-[a-z]{2,3})?|print/map-\d+)\.svg"
    r"|data/(?:households\.(?:json|geojson|csv)|codes\.json|search-[a-z]{2,3}\.json)"
)
"""All that any version of vuonho ever wrote into a site: what an older one published must be known to this one."""
_NOTHING: Final = re.compile(
    r"(?:README|LICEN[CS]E)[^/]*|\.gitignore|\.gitattributes|CNAME|\.nojekyll", re.IGNORECASE
)
_PICTURES: Final = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif", ".tif", ".tiff", ".bmp")
_OWN_FILE: Final = re.compile(
    r"(?:codes|boards|register)\.csv|(?!_config\.yaml$).*\.yaml|(?:site|village)\.yml|.*\.(?:zip|xlsx|xlsm|xls|ods)"
    r"|vuonho-.*\.txt",
    re.DOTALL,
)
"""A register, a profile or settings, a backup or workbook, a form that was sent in."""
_SIGNS: Final = ("data/households.json", "sw.js", "404.html")
_NOT_PAGES: Final = ("404.html", "offline.html")


def is_of_site(path: str) -> bool:
    """Tell whether vuonho writes files of this name into a site."""
    return _KINDS.fullmatch(path) is not None


def counts_as_nothing(path: str) -> bool:
    """Tell what a repository may hold beside a site, and what GitHub makes by itself."""
    return _NOTHING.fullmatch(path) is not None


def is_site(paths: frozenset[str]) -> bool:
    """Tell whether files are a site by vuonho, and not another one that has a start page too."""
    return paths.issuperset(_SIGNS)


def is_private(path: str) -> bool:
    """Tell what by its name is a profile, a register, an original photo, a backup or a form that was sent in."""
    *folders, name = path.lower().split("/")
    if is_of_site(path) or ".github" in folders:
        return False
    is_photo = bool(folders) and folders[-1] == "photos" and name.endswith(_PICTURES)
    return "profiles" in folders or ".vuonho" in folders or _OWN_FILE.fullmatch(name) is not None or is_photo


def page_address(path: str) -> str | None:
    """Return the address, below that of the site, at which a file answers as a page; None for no page.

    Where a guest says that he comes is a part of the household's page: only that leads there.
    """
    if not path.endswith(".html") or path in _NOT_PAGES or path.endswith("/den/index.html"):
        return None
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path
