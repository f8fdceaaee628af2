"""Whether a backup is of the project that it is to come back into, or of another one."""

from collections.abc import Iterator
from pathlib import Path

from vuonho.bilingual import NOTHING, Text
from vuonho.domain.values import quoted
from vuonho.errors import Refused
from vuonho.intake.backupfile import Backup
from vuonho.intake.encoding import decode
from vuonho.intake.files import read_tree
from vuonho.intake.folder import SITE_FILE
from vuonho.intake.registerfile import read_register
from vuonho.intake.tree import Mapping, Scalar, Sequence, parse_tree
from vuonho.keeping.gains import register_in


def refuse_stranger(root: Path, backup: Backup) -> None:
    """Raise Refused for a backup of another project: no code in common, and no address.

    Where the register or `site.yaml` is lost, nothing can be told and nothing is refused: then a backup is wanted.
    """
    rows = read_register(root)[0].by_code
    here, _ = read_tree(root / SITE_FILE, SITE_FILE)
    if not rows or here is None or rows.keys() & register_in(backup).by_code.keys():
        return
    ours, then = set(_addresses(here)), _site_in(backup)
    if ours and ours.isdisjoint(_addresses(then)):
        raise _stranger(_text(then, "title"), _text(then, "base_url"))


def _site_in(backup: Backup) -> Mapping | None:
    try:
        return parse_tree(decode(backup.text(SITE_FILE) or b""), SITE_FILE)[0]
    except Refused:  # garbled when it was copied
        return None


def _text(tree: Mapping | None, key: str) -> str:
    entry = tree.get(key) if tree else None
    return entry.value.text if entry and isinstance(entry.value, Scalar) else ""


def _addresses(tree: Mapping | None) -> Iterator[str]:
    """Give the addresses of a site, of today and before, though the rest of its settings be wrong."""
    older = tree.get("previous_urls") if tree else None
    items = older.value.items if older and isinstance(older.value, Sequence) else ()
    for text in (_text(tree, "base_url"), *(one.text for one in items if isinstance(one, Scalar))):
        if address := text.strip().rstrip("/").casefold():
            yield address


def _stranger(title: str, address: str) -> Refused:
    name = ", ".join(quoted(one, 80) for one in (title, address) if one)
    shown = Text(f": {name}", f": {name}") if name else NOTHING
    return Refused(
        Text(f"Đây là bản sao lưu của một dự án khác{shown.vi}. Chưa lấy lại gì.",
             f"This is a backup of another project{shown.en}. Nothing was restored."),
        Text("Lấy nó về một thư mục mới: vuonho restore TỆP.zip THƯ_MỤC",
             "Restore it into a new folder: vuonho restore FILE.zip DIR"),
    )  # fmt: skip
