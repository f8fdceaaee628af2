"""What a project may change in site.yaml and in its own wording: the look and the words, never the code."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import plaque_kit as kit
import pytest

from case_kit import each
from command_kit import vuonho
from vuonho.errors import UserError
from vuonho.model.values import Colour, parse_colour

BRIGHT = "plaque:\n  ground: '#e8f1fa'\n  edge: '#0057b8'\n  accent: '#3d0c6e'\n"


@each("design", ["200x150", "a6 on a4", "85x54"])
def test_colours_change_the_look_and_never_the_code(design: str, tmp_path: Path) -> None:
    """From site.yaml to the page: other colours around the same words, the same code in black on white."""
    given = kit.surveyed(kit.write_project(tmp_path, ["Vườn bà Hường"], site=kit.SITE_YAML + BRIGHT))
    usual = kit.printed(design, given["homes"], village=given["village"], site=kit.site())
    bright = kit.printed(design, **given)
    assert usual.codes == bright.codes
    assert kit.lines(usual.content) == kit.lines(bright.content)
    assert (kit.square(usual) == kit.square(bright)).all()
    (stream,) = kit.drawn(bright.content)
    assert b"0.445 0.891 0 0.569 K" in stream
    if design != "85x54":
        assert b"1 0.527 0 0.278 k" in stream
        assert b"0.072 0.036 0 0.02 k" in stream
        page = kit.raster(bright.content, dpi=72, grey=False)
        assert (np.abs(page.astype(int) - (247, 240, 234)).max(axis=2) < 12).mean() > 0.1


@each(
    ("setting", "vi", "en"),
    [
        ("ground: '#1f5e33'", "Màu nền  Lỗi: “#1f5e33” sẫm quá, chữ đen trên nền ấy khó đọc.", "Ground  Error: “#1f5e33” is too dark for black letters upon it."),
        ("accent: '#9ad1a8'", "Màu nhấn  Lỗi: “#9ad1a8” nhạt quá, chữ màu ấy khó đọc.", "Accent  Error: “#9ad1a8” is too pale for letters of that colour."),
        ("edge: đỏ", "Màu viền trên  Lỗi: “đỏ” không phải là màu.", "Edge  Error: “đỏ” is not a colour."),
    ],
)  # fmt: skip
def test_colours_that_cannot_be_read_are_refused(tmp_path: Path, setting: str, vi: str, en: str) -> None:
    """In words, with line and field, before anything is drawn; the quiet zone and the code's colours are no settings."""
    root = kit.write_project(tmp_path, ["Vườn bà Hường"], site=f"{kit.SITE_YAML}plaque:\n  {setting}\n")
    for language, told in (
        ("vi", f"profiles/site.yaml\n  dòng 6, Biển · {vi}"),
        ("en", f"profiles/site.yaml\n  line 6, Plaques · {en}"),
    ):
        done = vuonho("-C", root, "--lang", language, "plaques", "--all", "--draft")
        assert (done.code, told in done.said) == (1, True), done.said
    assert list(root.glob("*.pdf")) == []
    (root / "profiles/site.yaml").write_text(
        f"{kit.SITE_YAML}plaque: {{code: '#123456'}}\n", encoding="utf-8"
    )
    assert "line 5, plaque" in vuonho("-C", root, "--lang", "en", "check").said


@each(
    ("text", "inks"),
    [
        ("#000000", (0, 0, 0, 1)),
        ("#ffffff", (0, 0, 0, 0)),
        ("#FF0000", (0, 1, 1, 0)),
        ("#1f5e33", (0.67, 0, 0.457, 0.631)),
        ("66 0 55 62", (0.66, 0, 0.55, 0.62)),
        ("66, 0, 55, 62", (0.66, 0, 0.55, 0.62)),
        ("66% 0% 55% 62%", (0.66, 0, 0.55, 0.62)),
        ("  0\u00a00 0\t100 ", (0, 0, 0, 1)),
        *((text, None) for text in ("", "#fff", "#12345g", "1f5e33", "red", "66 0 55", "66 0 55 101", "1 2 3 4 5", "-1 0 0 0", "٣ 0 0 0")),
    ],
)  # fmt: skip
def test_colours_as_people_write_them(text: str, inks: tuple[float, ...] | None) -> None:
    """Letters of a screen, or per cent of ink; what is no colour is named, and both ways to write one are shown."""
    if inks is not None:
        assert parse_colour(text) == pytest.approx(inks)
        return
    with pytest.raises(UserError) as raised:
        parse_colour(text)
    assert f"“{text}”" in raised.value.message.en
    assert "#1f5e33" in raised.value.hint.vi
    assert "66 0 55 62" in raised.value.hint.vi


def test_luminance_is_that_of_wcag() -> None:
    """White is 1, black 0, and screen grey #777777 has 4.48 : 1 against white."""
    assert parse_colour("#ffffff").luminance == pytest.approx(1)
    assert parse_colour("#000000").luminance == 0
    assert 1.05 / (parse_colour("#777777").luminance + 0.05) == pytest.approx(4.478, abs=0.01)
    darker = [Colour(0.2, 0.4, 0.1, black / 10).luminance for black in range(11)]
    assert (np.diff(darker) < 0).all()


# --- Words -----------------------------------------------------------------------------------------------------


def own_words(root: Path, tag: str, words: str) -> None:
    """Give a project a wording of its own."""
    file = root / f"templates/languages/{tag}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"# lời của thôn\nplaque:\n{words}", encoding="utf-8", newline="\n")


def test_own_words_take_the_place_of_ours(tmp_path: Path) -> None:
    """A project's vi.yaml changes what it names and keeps the rest; an empty word leaves its place free."""
    root = kit.write_project(tmp_path, ["Vườn bà Hường"])
    own_words(root, "vi", "  scan: Giơ máy lên, vào vườn nhà\n  how: ''\n  draft: XEM THỬ\n")
    own_words(root, "en", "  scan: Point your phone here\n")
    done = vuonho("-C", root, "plaques", "--all", "--draft", "-o", "thu.pdf")
    assert done.code == 0, done.said
    content = (root / "thu.pdf").read_bytes()
    said = kit.text_of(content)
    for text in (
        "Giơ máy lên, vào vườn nhà",
        "Point your phone here",
        "Mã thật mở vuonmau.example",
    ):
        assert text in said
    assert not any(text in said for text in ("Quét mã", "Scan to visit", "Zalo"))
    assert [mark.text for mark in kit.slanted(content)] == ["XEM THỬ"]


LONG = (
    "Xin mời bà con và du khách gần xa giơ điện thoại lên quét mã này để xem khu vườn của gia đình chúng tôi "
    * 6
)


@each(
    ("size", "tag", "key", "text"),
    [
        ("200x150", "vi", "scan", LONG),
        ("a6", "en", "scan", LONG),
        ("63x38", "vi", "short", LONG),
        ("200x150", "vi", "type", LONG),
        ("99x139", "en", "scan", LONG),
        ("a6", "vi", "genuine", f"{{host}} {LONG}"),
        ("63x38", "vi", "scan", "Quét mã 漢"),
        ("200x150", "vi", "batch", "Đợt 🍊 {batch}"),
        ("99x139", "en", "genuine", "True ☎ {host}"),
        ("63x38", "vi", "ruler", "100 mm → 100 %"),
        ("a3", "vi", "board_list", LONG),
        ("a3", "en", "board_scan", "True ☎"),
        ("a6", "vi", "short", None),
        ("63x38", "vi", "genuine", None),
    ],
)  # fmt: skip
def test_own_words_that_cannot_be_printed(
    tmp_path: Path, size: str, tag: str, key: str, text: str | None
) -> None:
    """Too long, or with a character that the typeface lacks: file, line and entry, once, and no PDF; unless not written."""
    root = kit.write_project(tmp_path, ["Vườn bà Hường", "Vườn ông Đức"])
    own_words(root, tag, f"  draft: THỬ\n  {key}: '{text or LONG}'\n")
    done = vuonho("-C", root, "--lang", "en", "plaques", "--all", "--draft", "--size", size)
    assert (done.code, len(list(root.glob("*.pdf")))) == ((1, 0) if text else (0, 1)), done.said
    if text:
        assert done.err.startswith(f"templates/languages/{tag}.yaml\n  line 4, plaque.{key}  Error: ")
        assert "1 error, 0 notes" in done.err


@each("design", ["200x150", "a6", "a6 on a4", "63x38"])
def test_long_notes_for_the_print_shop_stay_beside_the_plaque(design: str) -> None:
    """A wordy ruler and a wordy note are set smaller; they reach neither the marks nor the edge of the paper."""
    first, second = kit.languages("vi", "en")
    wordy = replace(first, messages={**first.messages, "plaque.ruler": LONG[:300], "plaque.note": LONG[:300]})
    content = kit.printed(design, languages=(wordy, second)).content
    (page,) = kit.pages(content)
    notes = [line for line in kit.lines(content) if line.text.startswith("Xin mời bà con")]
    assert len(notes) == 1 + (design in kit.SINGLE)
    paper = kit.Box(page.trim.left + 3, 0, page.trim.right - 3, page.height)
    assert [note.text for note in notes if not paper.holds(note.box)] == []
