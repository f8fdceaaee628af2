"""Which codes are ours and in what state: the file that “Kiểm mã” asks, and how that page knows our addresses."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final

from vuonho.model.public import PublicNotice, PublicSite, PublicVillage
from vuonho.pages.language import Language
from vuonho.pages.layout import language_root
from vuonho.pages.names import plain_place
from vuonho.qr.symbol import payload
from vuonho.resources import Artifact

CHECK: Final = "kiem-ma/"
"""The folder of the page where one finds out whose a code is."""
CODES: Final = "data/codes.json"


def codes_file(shown: Iterable[tuple[str, str]], notices: Iterable[PublicNotice]) -> Artifact:
    """Return every code that answers with its state, and nothing else.

    `shown` are (code, village): of what has a page the village is public, and told in households.json too. Of those
    that left, no village is told.
    """
    by_village = defaultdict[str, list[str]](list)
    for code, village in sorted(shown):
        by_village[village].append(code)
    left = sorted(notices, key=lambda notice: notice.code)
    parts: Mapping[str, object] = {
        "open": dict(sorted(by_village.items())),
        "closed": [one.code for one in left if not one.moved_to],
        "moved": {one.code: one.moved_to for one in left if one.moved_to},
    }
    lines = (f'"{name}":{json.dumps(part, separators=(",", ":"))}' for name, part in parts.items())
    return Artifact(CODES, "{{\n{}\n}}\n".format(",\n".join(lines)).encode())


def digest_of_codes(file: Artifact) -> str:
    """Return the SHA-256 by which every page knows the file."""
    return sha256(file.content).hexdigest()


def check_data(site: PublicSite, villages: Iterable[PublicVillage], language: Language) -> str:
    """Return what the page must know to judge an address, as JSON.

    `roots` are the site's addresses, the longest first and host in lower case, `now` the one of today; `tags` the
    folders of languages; `villages` the names by folder, former ones too.
    """
    roots = [_root(base) for base in (site.base_url, *site.previous_urls)]
    return json.dumps(
        {
            "now": roots[0],
            "roots": sorted(set(roots), key=lambda root: (-len(root), root)),
            "tags": [language_root(site, tag) for tag in site.languages[1:]],
            "villages": {
                folder: plain_place(one.name, language)
                for one in villages
                for folder in (one.slug, *one.formerly)
            },
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _root(base: str) -> str:
    """Return an address of the site in the letters that a code holds, its host in lower case."""
    scheme, _, rest = payload(base, "0").removesuffix("0/").partition("//")
    host, _, path = rest.partition("/")
    return f"{scheme}//{host.lower()}/{path}"
