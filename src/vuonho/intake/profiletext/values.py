"""Values as a profile's text can say them: in NFC, with one way of having no value."""

import re
import unicodedata
from collections.abc import Mapping

from vuonho.bilingual import Text
from vuonho.domain.values import quoted
from vuonho.errors import Refused
from vuonho.intake.nodes import Path, Plain

_HALF = re.compile("[\ud800-\udfff]")


def tidy(value: Plain, path: Path = ()) -> Plain:
    """Return a value in NFC, empty texts as None and items without a value left out; keys with None stay.

    Raises Refused for half a character and for two keys that are one in NFC.
    """
    if value is None or isinstance(value, str):
        text = _composed(value or "", path)
        return text if text.strip() else None
    if isinstance(value, list):
        items = (tidy(item, (*path, index)) for index, item in enumerate(value))
        return [item for item in items if item is not None]
    return tidy_keys(value, path)


def tidy_keys(values: Mapping[str, Plain], path: Path = ()) -> dict[str, Plain]:
    """Return what `tidy` makes of keys and values."""
    tidied = {_composed(key, path): tidy(value, (*path, key)) for key, value in values.items()}
    if len(tidied) < len(values):
        raise Refused(
            Text(f"Có hai mục trùng tên{_where(path).vi}.", f"Two keys are the same{_where(path).en}."),
            Text("Giữ một, xóa một.", "Keep one and delete the other."),
        )
    return tidied


def spoken(value: Plain) -> Plain:
    """Return a tidy value without the keys that have none: two values that say the same are equal so."""
    if isinstance(value, dict):
        return {key: spoken(inside) for key, inside in value.items() if inside is not None}
    return [spoken(item) for item in value] if isinstance(value, list) else value


def spoken_keys(values: Mapping[str, Plain]) -> dict[str, Plain]:
    """Return what `spoken` makes of keys and values."""
    return {key: spoken(inside) for key, inside in values.items() if inside is not None}


def _composed(text: str, path: Path) -> str:
    if _HALF.search(text):
        raise Refused(
            Text(f"Có nửa ký tự (surrogate){_where(path).vi}.", f"There is half a character (surrogate){_where(path).en}."),
            Text("Xóa chỗ ấy rồi gõ lại bằng tay.", "Delete that spot and type it again by hand."),
        )  # fmt: skip
    return unicodedata.normalize("NFC", text)


def _where(path: Path) -> Text:
    """Return the place of a value as the end of a sentence."""
    field = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
    shown = quoted(field.encode("utf-8", "replace").decode("utf-8"))
    return Text(f" ở mục {shown}", f" in {shown}") if field else Text("", "")
