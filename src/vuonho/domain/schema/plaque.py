"""How a project's plaques look (`plaque:` in `site.yaml`): a logo and colours, never the code or its white margin."""

import re
from typing import Annotated, TypeAlias

from vuonho.bilingual import Text
from vuonho.domain.schema.about import Record, about
from vuonho.domain.schema.kinds import Typed
from vuonho.domain.values import Colour, clean_text, parse_colour, quoted
from vuonho.errors import Refused

_PALE, _DARK = 0.75, 0.12
"""Luminances between which letters have a contrast of 4.5 : 1 or more (WCAG 2.2, 1.4.3)."""
_FILE = re.compile(r"[^/\\:]+(/[^/\\:]+)*\.(png|svg)", re.IGNORECASE)


def _pale(value: object) -> Colour:
    colour = _any(value)
    if colour.luminance < _PALE:
        raise Refused(
            Text(f"{quoted(str(value))} sẫm quá, chữ đen trên nền ấy khó đọc.",
                 f"{quoted(str(value))} is too dark for black letters upon it."),
            Text("Chọn màu nền nhạt hơn, ví dụ “#faf5e8”.", "Choose a paler ground, such as “#faf5e8”."),
        )  # fmt: skip
    return colour


def _dark(value: object) -> Colour:
    colour = _any(value)
    if colour.luminance > _DARK:
        raise Refused(
            Text(f"{quoted(str(value))} nhạt quá, chữ màu ấy khó đọc.",
                 f"{quoted(str(value))} is too pale for letters of that colour."),
            Text("Chọn màu sẫm hơn, ví dụ “#1f5e33”.", "Choose a darker colour, such as “#1f5e33”."),
        )  # fmt: skip
    return colour


def _any(value: object) -> Colour:
    return parse_colour(clean_text(value) if isinstance(value, str) else "")


def _file(value: object) -> str:
    text = clean_text(value) if isinstance(value, str) else ""
    if _FILE.fullmatch(text) and ".." not in text.split("/"):
        return text
    raise Refused(
        Text(f"{quoted(text)} không phải là tệp lô-gô.", f"{quoted(text)} is not a logo's file."),
        Text("Đặt tệp .svg hoặc .png trong thư mục profiles rồi ghi tên nó, ví dụ: logo.svg",
             "Put an .svg or .png file into the folder profiles and write its name, such as: logo.svg"),
    )  # fmt: skip


Pale: TypeAlias = Annotated[Colour, Typed(_pale)]
Dark: TypeAlias = Annotated[Colour, Typed(_dark)]
AnyColour: TypeAlias = Annotated[Colour, Typed(_any)]
LogoFile: TypeAlias = Annotated[str, Typed(_file)]


class Plaque(Record):
    """The looks of the plaques; all of it optional."""

    logo: Annotated[LogoFile | None, about(
        "Lô-gô", "Logo", example="logo.svg",
        help_vi="Bỏ tệp .svg hoặc .png vào thư mục profiles rồi ghi tên tệp.",
        help_en="Put an .svg or .png file into the folder profiles and write its name.",
    )] = None  # fmt: skip
    ground: Annotated[Pale | None, about(
        "Màu nền", "Ground", example="#faf5e8",
        help_vi="Màu nền nhạt, ghi bằng mã màu.",
        help_en="A pale colour, as a colour code.",
    )] = None  # fmt: skip
    edge: Annotated[AnyColour | None, about(
        "Màu viền trên", "Edge", example="#a3431f",
        help_vi="Màu dải trên cùng, ghi bằng mã màu.",
        help_en="The colour of the band at the top, as a colour code.",
    )] = None  # fmt: skip
    accent: Annotated[Dark | None, about(
        "Màu nhấn", "Accent", example="#1f5e33",
        help_vi="Màu chữ nhấn, phải sẫm, ghi bằng mã màu.",
        help_en="The colour of what stands out; dark, as a colour code.",
    )] = None  # fmt: skip
