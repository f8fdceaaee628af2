"""A project around the household of canaries, really built, and a search that sees through every dress."""

import html
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml
import zxingcpp
from PIL import Image

import photo_kit
from canary_kit import FACES, GARDEN, SLUG, SOURCE, Profile, folded, yaml_of
from vuonho.build import Built, build
from vuonho.cli.console import Console

BASE_URL = "https://vuonmau.example/"
FORM = "form/index.html"

# --- The project -------------------------------------------------------------------------------------------


def write_project(root: Path, profiles: Mapping[str, Profile], status: str = "") -> Path:
    """Write a project of one village with these households by file name, and return its folder."""
    village = root / "profiles" / SLUG
    (village / "photos").mkdir(parents=True, exist_ok=True)
    site = {
        "base_url": BASE_URL,
        "title": {"vi": "Vườn hộ Thôn Vườn Mẫu", "en": "Gardens of Vườn Mẫu"},
        "languages": ["vi", "en"],
        "purpose": {"vi": "Giới thiệu vườn của bà con.", "en": "To present the gardens."},
        "team": {"name": "Tổ công nghệ số", "phone": "0570 100 200"},
    }
    put(root / "profiles" / "site.yaml", yaml.safe_dump(site, allow_unicode=True))
    place = {"name": "Thôn Vườn Mẫu", "commune": "Xã Phúc Trạch", "centre": "18.1213, 105.7522"}
    put(village / "village.yaml", yaml.safe_dump(place, allow_unicode=True))
    photo(village / "photos" / "tepzaqvuon.jpg", GARDEN)
    photo(village / "photos" / "tepzaqnguoi.jpg", FACES)
    register = [f"{one['code']},{SLUG}/{name},2026-09-01,,,{status}" for name, one in profiles.items()]
    put(root / "profiles" / "codes.csv", "\n".join(["code,profile,given,printed,url,status", *register, ""]))
    for name, profile in profiles.items():
        put(village / name, yaml_of(profile))
    return root


def put(path: Path, text: str) -> None:
    """Write a text file."""
    path.write_bytes(text.encode("utf-8"))


def photo(path: Path, colour: tuple[int, int, int]) -> None:
    """Write a JPEG of one colour as a phone would: with the place, the owner and the time in it."""
    image = Image.new("RGB", (640, 480), colour)
    path.write_bytes(
        photo_kit.encoded(image, "JPEG", quality=90, exif=photo_kit.exif(), comment=photo_kit.CANARY)
    )


def build_site(root: Path) -> Built:
    """Build the project in `root` into its folder `site`, as `vuonho build` does."""
    return build(root, "site", jobs=1, base_url=None, progress=Console("en").progress, on_wait=lambda: None)


def build_one(root: Path, profile: Profile, status: str = "") -> Path:
    """Write a project of this one household, build it, and return the folder of the site."""
    return build_site(write_project(root, {SOURCE.split("/")[1]: profile}, status)).out


def tree(site: Path) -> dict[str, bytes]:
    """Return every file of a folder by its path."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


# --- Searching ---------------------------------------------------------------------------------------------


@cache
def readings(content: bytes) -> tuple[str, ...]:
    """Return a file as every reader might take it: as UTF-8 and UTF-16, with its escapes undone, folded."""
    return tuple(_readings(content))


_BY_CHANCE = re.compile(rb"[0-9a-f]{16,}")
"""Digests and times of files, in nanoseconds: five figures of a telephone stand in some of them on some days."""


def _readings(content: bytes) -> Iterator[str]:
    content = _BY_CHANCE.sub(b"-", content)
    text = content.decode("utf-8", "ignore")
    yield folded(text)
    yield folded(unquote(html.unescape(html.unescape(text))))
    if "\\u" in text:
        yield folded(re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text))
    if "\0" in text:
        yield folded(content.decode("utf-16-le", "ignore"))
        yield folded(content[1:].decode("utf-16-le", "ignore"))


def search(site: Path, traces: Sequence[str]) -> set[tuple[str, str]]:
    """Return (file, trace) wherever a trace stands in a site: names of files, contents, what the codes say.

    The team's form offers every closed word there is, and is passed over: it knows nobody, by a test of its own.
    """
    found: set[tuple[str, str]] = set()
    for file, content in tree(site).items():
        if file == FORM:
            continue
        places = [folded(file), *readings(content), *map(folded, _codes_in(file, content))]
        found |= {(file, trace) for trace in traces for place in places if trace in place}
    return found


def codes_in(path: Path) -> tuple[str, ...]:
    """Return what the QR codes in a picture say, read by a reader that did not write them."""
    return _codes_in(path.name, path.read_bytes())


@cache
def _codes_in(file: str, content: bytes) -> tuple[str, ...]:
    if not file.endswith((".png", ".jpg", ".webp")):
        return ()
    with Image.open(io.BytesIO(content)) as image:
        return tuple(code.text for code in zxingcpp.read_barcodes(image.convert("L")))


def phones_in(site: Path, digits: str) -> set[str]:
    """Return the files in which a number stands, whatever stands between its digits and before them."""
    pattern = re.compile(r"[^0-9a-z]{0,6}".join(digits.lstrip("0")))
    return {
        file for file, content in tree(site).items()
        if any(pattern.search(reading) for reading in (folded(file), *readings(content)))
    }  # fmt: skip


def colours(site: Path) -> set[tuple[int, int, int]]:
    """Return which of the photos' colours are seen in any picture of the site."""
    seen: set[tuple[int, int, int]] = set()
    for path in (path for path in site.rglob("*") if path.suffix in {".png", ".jpg", ".webp"}):
        with Image.open(path) as image:
            pixel = image.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
        assert isinstance(pixel, tuple)
        seen |= {
            one for one in (FACES, GARDEN) if all(abs(a - b) < 12 for a, b in zip(one, pixel, strict=True))
        }
    return seen


def listing(site: Path) -> Any:
    """Return data/households.json."""
    return json.loads((site / "data/households.json").read_text(encoding="utf-8"))


def cached(root: Path) -> set[str]:
    """The names of all that a project keeps because it is dear to make."""
    return {path.name for path in (root / ".vuonho" / "cache").rglob("*") if path.is_file()}


def cards(site: Path) -> set[str]:
    """The keys of the pictures of shared links in a site: with nobody in it, those of village and start page."""
    found = {path.name.removesuffix("-card.jpg") for path in (site / "photos").glob("*-card.jpg")}
    assert len(found) == 2
    return found
