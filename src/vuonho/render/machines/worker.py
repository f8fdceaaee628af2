"""The service worker: the script of `templates/_worker.js` with what it must know of this site above it."""

import json
import re
from collections.abc import Iterable
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from vuonho.artifact import Artifact

WORKER_SCRIPT: Final = "_worker.js"
"""The template with the worker's script."""

_PAGE: Final = "index.html"
_CODE: Final = re.compile(r"[1-9][0-9]{4,7}")


def service_worker(
    script: str, shell: Iterable[tuple[str, bytes]], folders: Iterable[str], shown: Iterable[str]
) -> Artifact:
    """Return sw.js: a line of JSON that the script calls SITE, then the script.

    `shell` are files that are always kept, as (path below the site, content); "en/index.html" becomes the
    address "en/". `folders` are the site's top folders; those of codes need no naming. `shown` are
    lines that say who shows what: where one changes, because a family left or took a tick back, there is a new
    version, and phones ask again for what they keep. They are hashed and stand nowhere.
    The order of files, folders and lines does not matter. Any other worker has another version: a shell that
    fails to come must never share its cache with one that is in use.
    """
    files = sorted(shell)
    site = {
        "files": [_address(path) for path, _ in files],
        "folders": sorted({folder for folder in folders if not _CODE.fullmatch(folder)}),
    }
    told = (script, _json(site), *sorted(set(shown)))
    version = _version((*(part.encode() for part in told), *(content for _, content in files)))
    header = f"const SITE={_json({'version': version, **site})};"
    return Artifact("sw.js", f"{header}\n{script.strip()}\n".encode(), (f"template:{WORKER_SCRIPT}",))


def _json(value: object) -> str:
    """Return JSON in ASCII on one line: U+2028 would end a line of old JavaScript."""
    return json.dumps(value, separators=(",", ":"))


def _address(path: str) -> str:
    """Return what a browser asks for to get a file: a folder for its index.html."""
    is_page = path == _PAGE or path.endswith(f"/{_PAGE}")
    return quote(path.removesuffix(_PAGE) if is_page else path)


def _version(parts: Iterable[bytes]) -> str:
    """Return 16 hexadecimal digits that stand for these contents; each part is hashed with its length."""
    whole = sha256()
    for part in parts:
        whole.update(b"%d:%s" % (len(part), part))
    return whole.hexdigest()[:16]
