"""Nothing a family did not tick stands anywhere in a built site, in any dress."""

import json
import unicodedata
from collections.abc import Iterable
from html import escape
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verify_kit import BASE, CODE, build, page, png, put

from case_kit import each
from vuonho.errors import Problem
from vuonho.text import fold
from vuonho.verify.images import read_codes
from vuonho.verify.leaks import Index, Secret, Value, secret_problems, undressed
from vuonho.verify.leaks import _texts_of as texts_of
from vuonho.verify.tree import read_tree

NAME = "Nguyễn Thị Hường"
STORY = "Ông bà tôi về đây dựng nhà từ năm 1962 và trồng gốc bưởi đầu tiên bên giếng đá ong sau hè"
WORDS = STORY.split()
PHONE = "0337 012 345"
POINT = "18.126123, 105.761278"

SECRETS = (
    Secret("full_name", NAME, CODE),
    Secret("phone", PHONE, CODE),
    Secret("point", POINT, CODE),
    Secret("story", STORY, CODE),
    Secret("directions", "Qua cầu Đá rẽ trái", CODE),
)


def leaking(
    site: Path, secrets: Iterable[Secret] = SECRETS, public: Iterable[Value] = ()
) -> tuple[Problem, ...]:
    tree = read_tree(site)
    return tuple(secret_problems(tree, Index(secrets, public), read_codes(tree)))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("site"))


def kinds_in(
    text: str | bytes, public: Iterable[Value] = (), secrets: Iterable[Secret] = SECRETS
) -> list[str]:
    """Return which kinds of secrets stand in a file with this content."""
    index = Index(secrets, public)
    content = text.encode() if isinstance(text, str) else text
    return sorted({secret.kind for reading in texts_of(content, set()) for secret in index.found_in(reading)})


def test_where_secrets_are_looked_for(site: Path) -> None:
    """In contents, names of files, and what codes say; kind and household are told, and never the value."""
    assert leaking(site) == ()
    files: dict[str, str | bytes] = {
        "x.txt": f"{NAME} {PHONE}",
        "photos/nguyen-thi-huong.txt": "",
        f"qr/{CODE}.png": png(f"{BASE}{CODE}/?tel=0337012345"),
        "page.html": page(f'<script type="application/ld+json">{{"tel":"{PHONE}"}}</script>'),
    }
    put(site, files.items())
    problems = leaking(site)
    assert {(one.file, one.field.removeprefix("secret.")) for one in problems} == {
        ("x.txt", "full_name"), ("x.txt", "phone"), ("photos/nguyen-thi-huong.txt", "full_name"),
        (f"qr/{CODE}.png", "phone"), ("page.html", "phone"),
    }  # fmt: skip
    said = " ".join(f"{problem}" for problem in problems)
    assert ("Hường" in said, "012" in said, CODE in said) == (False, False, True)


DRESSED: dict[str, tuple[str | bytes, ...]] = {
    "full_name": (
        NAME, unicodedata.normalize("NFD", NAME), NAME.upper(), escape(NAME).replace("ễ", "&#7877;"),
        NAME.replace("ễ", "&#x1EC5;").replace(" ", "&nbsp;"), json.dumps({"name": NAME}), quote(NAME), quote_plus(NAME),
        quote(unicodedata.normalize("NFD", NAME)), page("<b>Nguyễn</b> <i>Thị Hường</i>"), page(f'<img alt="Bà {NAME}.">'),
        page("Ngu\u00adyễn Thị Hư<wbr>ờng"), "nguyen thi huong", "NGUYEN-THI-HUONG", "[Nguyễn, Thị, Hường]",
        b"\xff\xfe\x00\x91 padding " + NAME.encode() + b" padding \xff\x00",
    ),
    "phone": (
        "0337012345", "0337 012 345", "0337.012.345", "(0337) 012-345", "+84337012345", "+84 337 012 345",
        "+84 (0) 337 012 345", "0084 337 012 345", "84337012345", "https://zalo.me/0337012345", "tel:%2B84337012345",
        '{"phone":"0337\\u00a0012\\u00a0345"}', "0337&nbsp;012&nbsp;345", page("0337<span> 012 </span>345"),
        "0 3 3 7 0 1 2 3 4 5", "0337012345 60 gốc", "60 0337012345", "gọi０３３７０１２３４５",
    ),
    "point": (
        "18.126123,105.761278", "[105.761278,18.126123]", "18.1261 105.7612", "18.1261;105.7613",
        '"latitude":18.1261,"longitude":105.76128', "18,1261; 105,7613", "destination=18.126123%2C105.761278",
        page('<p data-lat="18.12612" data-lon="105.76128">'), "#map=18/18.12612/105.76128",
    ),
    "story": (json.dumps(STORY.replace(" ", "\n")), page(f"<p>x {' '.join(WORDS[3:11])}, y</p>")),
    "directions": ("qua cầu đá, rẽ trái!",),
}  # fmt: skip
HARMLESS = (
    "Nguyễn Thị Hương", "Nguyễn Thị Hườngs", "Nguyễn Văn Hường", "Nguyễn Thị", "Thị Hường", "xNguyễn Thị Hường",
    "03370123456", "10337012345", "0337012", "h0 337 012 346", "337012345", "18.125, 105.765", "18.126 105.761", "18.1261",
    "18.1261, 105.7700", "18.1261 x 1.5 105.8", "rẽ trái", " ".join(WORDS[3:10]),
)  # fmt: skip


def test_in_every_usual_dress() -> None:
    """Names, numbers with anything between their digits, points from four decimals on in either order, stories."""
    for kind, texts in DRESSED.items():
        assert [text for text in texts if kinds_in(text) != [kind]] == []
    assert [text for text in HARMLESS if kinds_in(text)] == []


@each("start", range(len(WORDS) - 7))
def test_story_run(start: int) -> None:
    """Any eight words of a story in a row are a leak, with or without accents, wherever they begin."""
    run = " ".join(WORDS[start : start + 8])
    assert kinds_in(run) == kinds_in(fold(run).replace(" ", "\n").upper()) == ["story"]


PUBLIC: tuple[tuple[str, tuple[Value, ...], list[str]], ...] = (
    (NAME, (("full_name", NAME),), []),
    (f"Vườn bà {NAME}", (("full_name", f"Vườn bà {NAME}"),), []),
    (NAME, (("full_name", unicodedata.normalize("NFD", NAME).upper()),), []),
    (NAME, (("full_name", "Nguyễn Thị Hương"),), ["full_name"]),
    ("nguyen thi huong", (("full_name", "Nguyễn Thị Hương"),), []),
    (NAME, (("full_name", "Nguyễn Thị"), ("full_name", "Hường")), ["full_name"]),
    (PHONE, (("phone", "+84 337 012 345"),), []),
    (PHONE, (("phone", "0337 012 346"),), ["phone"]),
    (POINT, (("point", POINT),), []),
    (POINT, (("point", "18.1262, 105.7613"),), ["point"]),
    (STORY, (("story", f"Trích: {STORY}."),), []),
    (STORY, (("story", STORY[:60]),), ["story"]),
)


@each(("text", "public", "found"), PUBLIC)
def test_public_value(text: str, public: tuple[Value, ...], found: list[str]) -> None:
    """What another household made public, or a chosen name, is no leak; what is only like it is."""
    assert kinds_in(text, public) == found


@each("text", ["https://fb.example/Huong", "fb.example/huong", "https%3A%2F%2Fwww.fb.example%2Fhuong"])
def test_link(text: str) -> None:
    """A family's own link is found with and without https and www."""
    assert kinds_in(text, secrets=[Secret("link", "https://www.fb.example/huong", CODE)]) == ["link"]


def test_points_that_are_none() -> None:
    """The centre of a cell, or two neighbours side by side, is nobody's point; a nought at the end does not count."""
    shown = '{"coordinates":[105.7611,18.1262]},"properties":{"code":"482135","name":"Vườn bà Hường"}},'
    features = shown + shown.replace("105.7611,18.1262", "105.7644,18.1299")
    cases = (("18.1262, 105.7644", features), ("18.125, 105.765", "[105.765,18.125]"))
    assert [kinds_in(text, secrets=[Secret("point", point, CODE)]) for point, text in cases] == [[], []]
    assert kinds_in("[105.7612,18.125]", secrets=[Secret("point", "18.1250, 105.7612", CODE)]) == ["point"]


@each(
    ("text", "found"),
    [
        ('{"crops": ["Lê", "Na"]}', 0), ("trồng lê na", 0), ("Lê, Na", 0), ("<li>Lê</li><li>Na</li>", 0), ("bà Lê Na", 1),
        ("<p>Lê&nbsp;Na</p>", 1), ("LÊ NA", 1), ("bà Lê Na".encode("utf-16"), 1),
    ],
)  # fmt: skip
def test_a_name_of_two_words_stands_as_a_name(text: str | bytes, found: int) -> None:
    """Two crops side by side are nobody's name; written as one, it is found, in UTF-16 too."""
    assert len(kinds_in(text, secrets=[Secret("full_name", "Lê Na", CODE)])) == found


@each(("text", "found"), [("ở Phường Trần Phú, Hà Tĩnh", 0), ("ông Trần Phú", 1)])
def test_a_place_excuses_itself_alone(text: str, found: int) -> None:
    """A name that is part of a place's name is no leak there, and is one anywhere else."""
    secrets = [Secret("full_name", "Trần Phú", CODE)]
    assert len(kinds_in(text, [("place", "Phường Trần Phú")], secrets)) == found


@given(text=st.text(max_size=60), before=st.text(max_size=9), after=st.text(max_size=9))
def test_hostile_text(text: str, before: str, after: str) -> None:
    """No text makes the search raise, and a name between other lines is always found."""
    index = Index(SECRETS, (("full_name", text),))
    found = {secret.kind for secret in index.found_in(undressed(f"{before}\n{NAME}\n{after}"))}
    assert "full_name" in found or "hường" in undressed(text).casefold()
