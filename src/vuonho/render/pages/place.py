"""Where a page stands in the site, and every address seen from there.

The first language of the site lives at the root, each other one below its tag. Links are relative, so that
the same bytes work at a domain's root, below a path and behind the preview; 404.html alone, which is served at
any depth, links from the base address's path.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from vuonho.domain.public import PublicSite


@dataclass(frozen=True, slots=True)
class Place:
    """One page: its `folder` below the language's root ("482135/", "" for the start page) and language."""

    site: PublicSite
    folder: str
    tag: str

    @property
    def address(self) -> str:
        """The page's folder below the site's root: "482135/" or "en/482135/"."""
        return self._prefix(self.tag) + self.folder

    @property
    def path(self) -> str:
        """The page's file below the site's root."""
        return f"{self.address}index.html"

    @property
    def url(self) -> str:
        """The page's full address."""
        return self.site.base_url + self.address

    @property
    def root(self) -> str:
        """The way up to the site's root: "../../", or "" on the first page."""
        return "../" * self.address.count("/")

    def to(self, folder: str) -> str:
        """Return the link to another page in the same language."""
        return self.asset(self._prefix(self.tag) + folder)

    def asset(self, name: str) -> str:
        """Return the link to a file or folder below the site's root."""
        return self.root + name or "./"

    def absolute(self, name: str) -> str:
        """Return the full address of a file below the site's root."""
        return self.site.base_url + name

    def elsewhere(self, tag: str) -> "Place":
        """Return the same page in another language."""
        return type(self)(self.site, self.folder, tag)

    def _prefix(self, tag: str) -> str:
        return "" if tag == self.site.languages[0] else f"{tag}/"


class LostPlace(Place):
    """The page for addresses that do not exist."""

    __slots__ = ()

    @property
    def path(self) -> str:
        """The file that a web host serves for whatever it does not find."""
        return "404.html"

    @property
    def root(self) -> str:
        """The path of the base address, from the host's root: "/" or "/vuon/"."""
        return urlsplit(self.site.base_url).path or "/"


class OfflinePlace(LostPlace):
    """The page for when there is no signal; it too is shown at any address."""

    __slots__ = ()

    @property
    def path(self) -> str:
        """The file that the service worker keeps."""
        return "offline.html"
