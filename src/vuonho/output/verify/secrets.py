"""Proof that nothing a family did not tick is anywhere in a built site: pages, data, file names, codes."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from vuonho.bilingual import Text
from vuonho.errors import Problem
from vuonho.output.verify.codes import ReadCode, read_codes
from vuonho.output.verify.index import Index, Secret, index_of
from vuonho.output.verify.public import Value
from vuonho.output.verify.tree import SiteTree, flaw, read_tree
from vuonho.output.verify.words import texts_of, undressed

_KINDS: Final[Mapping[str, Text]] = {
    "phone": Text("số điện thoại", "phone number"),
    "full_name": Text("họ tên", "full name"),
    "garden": Text("họ tên", "full name"),
    "point": Text("vị trí nhà", "exact point"),
    "story": Text("câu chuyện", "story"),
    "directions": Text("lời chỉ đường", "directions"),
    "link": Text("đường dẫn riêng", "own link"),
    "living": Text("đời sống", "living conditions"),
}
_OTHER: Final = Text("điều riêng", "private value")
_HINT: Final = Text(
    "Đừng đăng trang này. Xem các ô chữ tự do của hộ đó và của trang, sửa rồi chạy lại “vuonho build”.",
    "Do not publish this site. Look at the free text of that household and of the page, then build again.",
)


def verify_secrets(
    site: Path, secrets: Iterable[Secret], public_values: Iterable[Value] = ()
) -> tuple[Problem, ...]:
    """Return a problem for every file in which a secret stands, once per file, kind and household.

    Names are found in any letter case and also without accents, phones with any signs between the digits,
    points at four decimals in either order, stories from eight words in a row; all of them behind HTML, JSON
    and percent escapes, in NFC and NFD, in file names and in QR codes. A value that stands in
    `public_values` (what others made public, and every chosen name) is no leak. The problem names the kind
    and the household, never the value.
    """
    tree = read_tree(site)
    return secret_problems(tree, index_of(secrets, public_values), read_codes(tree))


def secret_problems(tree: SiteTree, index: Index, codes: tuple[ReadCode, ...]) -> tuple[Problem, ...]:
    """Return the problems of `verify_secrets` in a site and its codes that have been read."""
    leaks: dict[tuple[str, str, str], Problem] = {}
    for file, text in _texts(tree, codes):
        for secret in index.found_in(text):
            key = (file, secret.owner, secret.kind)
            if key not in leaks:
                leaks[key] = _leak(file, secret)
    return tuple(leaks[key] for key in sorted(leaks))


def _texts(tree: SiteTree, codes: tuple[ReadCode, ...]) -> Iterator[tuple[str, str]]:
    """Yield (file, text) of every file's name and contents, and of what the codes say."""
    seen: set[int] = set()
    for file in sorted(tree.files):
        yield file, undressed(file)
        for text in texts_of(tree.read(file), seen):
            yield file, text
    for code in codes:
        if code.text is not None:
            yield code.file, undressed(code.text)


def _leak(file: str, secret: Secret) -> Problem:
    kind = _KINDS.get(secret.kind, _OTHER)
    message = Text(
        f"Lộ {kind.vi} của hộ {secret.owner}, gia đình chưa đồng ý công khai.",
        f"The {kind.en} of household {secret.owner} is here, and the family did not agree to show it.",
    )
    return flaw(file, message, _HINT, name=f"secret.{secret.kind}")
