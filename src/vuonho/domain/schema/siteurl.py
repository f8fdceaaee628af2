"""The address that is printed on plaques."""

import re
from urllib.parse import urlsplit

from vuonho.bilingual import Text
from vuonho.domain.schema.weblink import has_sound_host
from vuonho.domain.values import quoted
from vuonho.errors import Refused

_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_PAGES = ".github.io"
_REPOSITORY = re.compile(
    r"(?:[a-z]+://|git@)?(?:www\.)?"
    r"(?:github\.com(?:[/:](?P<path>[^?#\s]*))?(?:[?#].*)?|(?P<owner>[a-z0-9-]+\.github\.io\.git)/?)$",
    re.IGNORECASE,
)
_PATH = re.compile(r"/([A-Za-z0-9._~-]+/)*")


def parse_base_url(text: str) -> str:
    """Return the address with its host in lower case; raise Refused for what cannot be printed for ever."""
    _refuse_repository(text)
    wrong = _what_is_wrong(text)
    if wrong:
        raise Refused(wrong, _how_to_write(text))
    parts = urlsplit(text)
    port = f":{parts.port}" if parts.port else ""
    return f"https://{parts.hostname}{port}{parts.path}"


def _how_to_write(text: str) -> Text:
    secure = f"https{text[4:].rstrip('/')}/" if text.lower().startswith("http://") else ""
    if secure and not _what_is_wrong(secure):
        return Text(f"Mở thử {secure} trên điện thoại; mở được thì ghi địa chỉ ấy.",
                    f"Open {secure} on a phone; if it opens, write that.")  # fmt: skip
    return Text(
        "Viết như https://ten-thon.github.io/ (bắt đầu bằng https://, kết thúc bằng dấu /).",
        "Write it like https://village-name.github.io/ (begins with https://, ends in /).",
    )


def _refuse_repository(text: str) -> None:
    """Raise Refused for the address of a repository, naming that of its site (GitHub Docs, "About GitHub Pages")."""
    found = _REPOSITORY.match(text)
    if found is None:
        return
    owner, _, rest = (found["path"] or found["owner"] or "").strip("/").partition("/")
    owner, name = owner.lower().removesuffix(".git").removesuffix(_PAGES), rest.partition("/")[0]
    name = (
        "" if name.lower() in ("", f"{owner}{_PAGES}", f"{owner}{_PAGES}.git") else name.removesuffix(".git")
    )
    right = f"https://{owner or 'ten-thon'}{_PAGES}/{name and f'{name}/'}"
    raise Refused(
        Text("Đây là địa chỉ kho trên GitHub, không phải địa chỉ trang.",
             "This is the address of a repository at GitHub, not that of the site."),
        Text(f"Ghi {right}", f"Write {right}"),
    )  # fmt: skip


def _what_is_wrong(text: str) -> Text | None:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return Text(
            f"{quoted(text)} không phải là địa chỉ trang web.", f"{quoted(text)} is not a web address."
        )
    if parts.scheme != "https" or not text.startswith("https://"):
        return Text("Địa chỉ phải bắt đầu bằng “https://”.", "The address must begin with “https://”.")
    if not text.endswith("/"):
        return Text("Địa chỉ phải kết thúc bằng dấu “/”.", "The address must end in “/”.")
    if not _HOST.fullmatch(host):
        return Text(
            f"{quoted(host)} không in lên biển được: cần một tên miền thật, không phải localhost hay dãy số.",
            f"{quoted(host)} cannot be printed: a real domain name is wanted, not localhost or numbers.",
        )
    if not has_sound_host(parts.netloc) or not _PATH.fullmatch(parts.path) or not text.isprintable():
        return Text("Địa chỉ có phần thừa hoặc dấu lạ.", "The address holds extra parts or strange signs.")
    if parts.query or parts.fragment:
        return Text("Địa chỉ có phần thừa hoặc dấu lạ.", "The address holds extra parts or strange signs.")
    if ".." in parts.path or "/./" in parts.path or len(text) > 150:
        return Text("Địa chỉ quá dài hoặc có “..”.", "The address is too long or holds “..”.")
    return None
