"""Guides for those who live in the village: Markdown in, pages that are inert, dated and printed on one sheet out."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from case_kit import each
from command_kit import build, vuonho
from vuonho.pages.markdown import faults, render
from vuonho.project.guides import aged, read_guides
from vuonho.resources import shipped

HEAD = "---\ntitle: Bài thử\nchecked: 2026-11-20\nsource: [Tự viết 20/11/2026]\n---\n"
PAGE = "site/huong-dan/bai-thu/index.html"
KNOWN = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "br"}


def put(root: Path, name: str, text: str) -> None:
    (root / "guides").mkdir(exist_ok=True)
    (root / "guides" / name).write_text(text, encoding="utf-8")


def test_eight_guides_come_with_the_program() -> None:
    """Fraud first; each in Vietnamese and English, short, with its day and sources, leading nowhere that is not there."""
    guides, problems = read_guides(Path("nowhere"))
    assert problems == ()
    assert [guide.name for guide in guides] == [
        "lua-dao", "bi-lua", "ma-qr", "giu-dien-thoai", "vneid", "dich-vu-cong", "tra-tien", "ban-hang",
    ]  # fmt: skip
    for text in (text for guide in guides for text in guide.texts):
        assert len(text.body.split()) <= 250
        assert len(text.source) >= 3
        assert all(re.search(r"\b20\d\d\b|NĐ-CP|gov\.vn", source) for source in text.source)
    assert all([text.tag for text in guide.texts] == ["vi", "en"] for guide in guides)
    assert sorted(path.name for path in shipped("guides").iterdir()) == sorted(
        f"{guide.name}{end}" for guide in guides for end in (".md", ".en.md")
    )


def test_a_projects_own_guide_wins(demo: Path) -> None:
    """A copy of a shipped one too, whose translation is no longer shown, for it tells of another text."""
    assert vuonho("-C", demo, "templates", "--copy", "guides/lua-dao.md").code == 0
    assert vuonho("-C", demo, "templates", "--copy", "guides/lua-dao.md").code == 1
    own = demo / "guides/lua-dao.md"
    own.write_text(own.read_text(encoding="utf-8").replace("**sợ**", "**xiêu lòng**"), encoding="utf-8")
    put(demo, "bai-thu.md", f"{HEAD}Gọi [tổ](tel:0570100200).\n\nXem [bài kia](../lua-dao/).\n")
    built = build(demo)
    assert (built.code, "" if built.code == 0 else built.err) == (0, "")
    pages = [demo / f"site/{root}huong-dan/lua-dao/index.html" for root in ("", "en/")]
    assert all("xiêu lòng" in page.read_text(encoding="utf-8") for page in pages)
    page = html.fromstring((demo / PAGE).read_bytes())
    assert page.xpath("//article//a/@href")[:2] == ["tel:0570100200", "../lua-dao/"]
    assert "20/11/2026" in page.xpath("string(//article)")
    assert vuonho("-C", demo, "verify").code == 0
    (demo / "guides/bai-thu.md").unlink()
    assert build(demo).code == 0
    assert not (demo / PAGE).exists()


REFUSED = {
    "no head": ("Chỉ có chữ.\n", 1),
    "no day": ("---\ntitle: A\nsource: [B]\n---\nChữ.\n", None),
    "no source": ("---\ntitle: A\nchecked: 2026-11-20\n---\nChữ.\n", None),
    "an empty list of sources": ("---\ntitle: A\nchecked: 2026-11-20\nsource: []\n---\nChữ.\n", None),
    "nothing to read": (HEAD, 6),
    "a picture": (f"{HEAD}Chữ.\n\n![x](https://a.example/x.png)\n", 8),
    "HTML": (f"{HEAD}Chữ <b>đậm</b>.\n", 6),
    "a block of HTML": (f"{HEAD}<script>alert(1)</script>\n", 6),
    "a script behind a link": (f"{HEAD}[x](javascript:alert(1))\n", 6),
    "an insecure page": (f"{HEAD}[x](http://a.example/)\n", 6),
    "another host behind a name": (f"{HEAD}[x](https://vuonmau.example@evil.example/)\n", 6),
    "a page of the site": (f"{HEAD}[x](../../482135/)\n", 6),
    "a guide that is not there": (f"{HEAD}[x](../khong-co/)\n", None),
    "too long": (f"{HEAD}{'a' * 10_001}\n", 6),
    "an unclosed head": ("---\ntitle: A\n", 1),
}  # fmt: skip


@each("why", REFUSED)
def test_what_a_guide_may_not_be(demo: Path, why: str) -> None:
    """Every fault is one clear error with its file and line, in both languages, and nothing is built."""
    text, line = REFUSED[why]
    put(demo, "bai-thu.md", text)
    problems = [one for one in read_guides(demo)[1] if one.file == "guides/bai-thu.md"]
    assert len(problems) == 1, problems
    assert problems[0].line == line or line is None
    assert all((*problems[0].message, *problems[0].hint))
    told = vuonho("-C", demo, "check")
    assert (told.code, "guides/bai-thu.md" in told.said) == (1, True)


@pytest.mark.parametrize("name", ["LỪA ĐẢO.md", "lua dao.md", "lua-dao.MD", "x.vie-vn.md", "con.md", "-a.md"])
def test_a_name_that_cannot_be_an_address(demo: Path, name: str) -> None:
    """It is named, and the site goes on without it."""
    put(demo, name, f"{HEAD}Chữ.\n")
    assert [one.severity.value for one in read_guides(demo)[1]] == ["warning"]


def test_a_guide_nobody_has_checked_for_a_year_is_named() -> None:
    """By the clock of the command: not on the last day of the year, on the next each guide once."""
    guides, _ = read_guides(Path("nowhere"))
    oldest = min(text.checked for guide in guides for text in guide.texts)
    assert list(aged(guides, oldest + timedelta(days=365))) == []
    late = list(aged(guides, date(2100, 1, 1)))
    assert len(late) == len({one.file for one in late}) == len(guides)


@given(st.text() | st.text(alphabet="<>[]()!*_#-+1. \n\\`&:/\"'=jasonclickretpm", max_size=200))
def test_hostile_markdown_stays_inert(text: str) -> None:
    """Whatever is written, only harmless elements come of it, and links that a guide may have."""
    page = html.fragment_fromstring(str(render(text)), create_parent="div")
    for node in page.iterdescendants():
        assert node.tag in KNOWN
        assert set(node.attrib) <= {"href", "start", "title"}
        assert re.match(r"https://|tel:|sms:|\.\./[a-z0-9-]+/$", node.get("href", "tel:"))
    list(faults(text))


HOSTILE = (
    "<img src=x onerror=alert(1)>", "[a](JaVaScRiPt:alert(1))", "[a](data:text/html,x)", "[a](//evil.example)",
    "[a]( java\nscript:x)", "[a](&#106;avascript:x)", '![a](https://a.example/"onerror=x)', "<a href=x>b</a>",
    '[a](https://a.example/"onclick=alert`1`)', "<https://a.example>", "[a]: javascript:x\n[a]", "```\n<b>\n```",
    '[a](https://a.example "onclick=x")', "# <svg/onload=x>", "- [ ](vbscript:x)",
)  # fmt: skip


@each("text", HOSTILE)
def test_known_attacks_are_letters(text: str) -> None:
    """No element, no attribute that acts."""
    test_hostile_markdown_stays_inert.hypothesis.inner_test(text)  # type: ignore[attr-defined]
