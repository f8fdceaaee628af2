"""What a path tells: a file of the site, something that counts as nothing, or something that must stay home."""

import re
from collections.abc import Collection, Iterable
from typing import Final

from vuonho.portable import fold

CNAME: Final = "CNAME"

_LANGUAGE: Final = r"(?:[a-z]{2,3}/)?"
_KINDS: Final = re.compile(
    rf"(?:404|offline)\.html|{_LANGUAGE}(?:index\.html|manifest\.webmanifest)"
    rf"|{_LANGUAGE}[a-z0-9-]+/(?:print/)?index\.html"
    r"|robots\.txt|sitemap(?:-\d+)?\.xml|sw\.js|\.nojekyll|icon\.svg|icon-\d+\.png|apple-touch-icon\.png"
    r"|qr/\d{5,8}\.(?:png|svg)|photos/[0-9a-f]{16}-(?:\d+\.(?:webp|jpg)|card\.jpg)"
    r"|data/(?:households\.(?:json|geojson|csv)|search-[a-z]{2,3}\.json)"
)
"""All that any version of vuonho ever wrote into a site: what an older one published must be known to this one."""
_NOTHING: Final = re.compile(
    r"(?:README|LICEN[CS]E)[^/]*|\.gitignore|\.gitattributes|CNAME|\.nojekyll", re.IGNORECASE
)
_PICTURES: Final = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif", ".tif", ".tiff", ".bmp")
_PACKED: Final = (".zip", ".xlsx", ".xlsm", ".xls", ".ods")
_WRITTEN: Final = (".yaml", ".yml", ".txt", ".csv", ".tsv", ".json", ".doc", ".docx", ".pdf")
_TELLING: Final = 4
"""Letters of a name that is no coincidence."""
_REGISTERS: Final = ("codes.csv", "boards.csv", "register.csv")
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
    if is_of_site(path):
        return False
    *folders, name = path.lower().split("/")
    if ".github" in folders:
        return False
    if "profiles" in folders or ".vuonho" in folders or name in _REGISTERS:
        return True
    if name.endswith(".yaml"):
        return name != "_config.yaml"
    if name in ("site.yml", "village.yml") or name.endswith(_PACKED):
        return True
    if name.startswith("vuonho-") and name.endswith(".txt"):
        return True
    return bool(folders) and folders[-1] == "photos" and name.endswith(_PICTURES)


def names_of(files: Iterable[str]) -> frozenset[str]:
    """Return what a project calls its households and villages, of the paths of its files; names that tell nothing are none."""
    parts = (fold(path).split("/") for path in files)
    profiles = [
        one[1:] for one in parts if len(one) == 3 and one[0] == "profiles" and one[2].endswith(".yaml")
    ]
    names = {name for village, file in profiles for name in (village, file.removesuffix(".yaml"))} - {
        "village"
    }
    return frozenset(name for name in names if len(name) >= _TELLING and not name.isdigit())


def is_named_after(path: str, names: Collection[str]) -> bool:
    """Tell what by its name is about a household or a village, in whatever form it was written down."""
    *folders, name = fold(path).split("/")
    stem, point, kind = name.rpartition(".")
    return (
        stem in names and f"{point}{kind}" in _WRITTEN and not is_of_site(path) and ".github" not in folders
    )


def page_address(path: str) -> str | None:
    """Return the address, below that of the site, at which a file answers as a page; None for no page."""
    if not path.endswith(".html") or path in _NOT_PAGES:
        return None
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path
