"""Nothing a family did not tick stands anywhere in a built site, in any dress."""

import json
import re
import sys
import unicodedata
from collections.abc import Iterable
from html import escape
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verify_kit import BASE, CODE, build, page, png, put

from case_kit import each
from vuonho.errors import Problem
from vuonho.text import fold
from vuonho.verify.images import read_codes
from vuonho.verify.leaks import Index, Secret, Value, read, readings, secret_problems, undressed
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
    return sorted({secret.kind for reading in readings(content, set()) for secret in index.found_in(reading)})


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
        page("Ngu\u00adyễn Thị Hư<wbr>ờng"), json.dumps(f"😀 {NAME}"), "nguyen thi huong", "NGUYEN-THI-HUONG", "[Nguyễn, Thị, Hường]",
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
    found = {secret.kind for secret in index.found_in(read(f"{before}\n{NAME}\n{after}"))}
    assert "full_name" in found or "hường" in undressed(text).casefold()


# --- Beside a finder that compares every word with every word ---

WORD = re.compile(r"[^\W_]+")
PARTS = ("Lê", "lê", "Lé", "LE", "Na", "na", "ná", "Vườn", "vuon", "Hường", "thon", "9")
GAPS = (
    " ",
    " ",
    " ",
    "  ",
    ", ",
    "-",
    "<wbr>",
    "&nbsp;",
    "<b>",
    '</b> <i class="le">',
    "</p>\n<p title='",
    "'>",
    "<svg/>",
)
KINDS_OF_SECRETS = ("full_name", "garden", "story", "address", "caption")
KINDS_OF_VALUES = ("full_name", "story", "base", "place")


def lower(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


def has(text: list[str], run: list[str]) -> bool:
    """Whether words stand in a row in a text."""
    return any(text[at : at + len(run)] == run for at in range(len(text) - len(run) + 1))


def bare(words: list[str]) -> list[str]:
    return list(map(fold, words))


def leaks_at(secret: Secret, public: list[Value], text: str, run: list[str], at: int) -> bool:
    """Whether a run of a secret's words leaks at a word of a text, by what the rules say."""
    there = lower(text)[at : at + len(run)]
    if bare(there) != bare(run) or (
        there != run and len(run) < 8 and not all(word.isascii() for word in there)
    ):
        return False
    for kind, value in public:
        is_of_its_kind = secret.kind == "garden" or (kind == "full_name") == (secret.kind == "full_name")
        words = lower(value)
        is_there = has(words, run) if there == run else has(bare(words), bare(run))
        if kind in ("full_name", "story") and is_of_its_kind and is_there:
            return False
        if kind == "place" and secret.kind == "full_name":
            for start in range(len(words) - len(run) + 1):
                first = at - start
                is_whole = first >= 0 and bare(lower(text))[first : first + len(words)] == bare(words)
                if is_whole and bare(words[start : start + len(run)]) == bare(run):
                    return False
        if kind == "base" and secret.kind != "full_name":
            whole, fact = bare(lower(secret.value)), bare(words)
            if has(fact, whole) if secret.kind in ("address", "garden") else fact == whole:
                return False
    if secret.kind == "full_name" and len(run) == 2:
        one, other = list(WORD.finditer(text))[at : at + 2]
        return one[0][0].isupper() and other[0][0].isupper() and text[one.end() : other.start()] == " "
    return True


def naive(secrets: list[Secret], public: list[Value], page: str) -> set[tuple[str, str]]:
    """Return owner and kind of every secret in a page, with its tags and without."""
    found = set()
    for text in (undressed(page), undressed(re.sub("<(?!wbr>)[^<>]*>", " \n ", page))):
        for secret in secrets:
            words = lower(secret.value)
            few, least = (1, 4) if secret.kind in ("full_name", "garden") else (3, 12)
            if len(words) > few or sum(map(len, words)) >= least:
                for start in range(max(len(words) - 8, 0) + 1):
                    run = words[start : start + 8]
                    for at in range(len(lower(text)) - len(run) + 1):
                        if leaks_at(secret, public, text, run, at):
                            found.add((secret.owner, secret.kind))
    return found


def texts(most: int, gaps: tuple[str, ...] = (" ", ", ")) -> st.SearchStrategy[str]:
    pairs = st.tuples(st.sampled_from(PARTS), st.sampled_from(gaps))
    return st.lists(pairs, max_size=most).map(lambda words: "".join(map("".join, words)))


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Secret], list[Value], str]:
    """Draw secrets and public values that share their sentences, and a page that is made of them."""
    pool = draw(st.lists(texts(10), min_size=1, max_size=4))
    some = st.one_of(st.sampled_from(pool), texts(4), st.tuples(*[st.sampled_from(pool)] * 2).map(" ".join))
    secrets = draw(
        st.lists(st.builds(Secret, st.sampled_from(KINDS_OF_SECRETS), some, st.sampled_from("123")))
    )
    public = draw(st.lists(st.tuples(st.sampled_from(KINDS_OF_VALUES), some)))
    page = draw(st.lists(st.one_of(some, texts(12, GAPS)), max_size=4))
    return secrets, public, "<p>".join(page)


@given(world=worlds())
def test_no_leak_is_lost(world: tuple[list[Secret], list[Value], str]) -> None:
    """Of private and public texts that share words, the finder finds just what the plainest one does."""
    secrets, public, page = world
    index = Index(secrets, public)
    found = {one for reading in readings(page.encode(), set()) for one in index.found_in(reading)}
    assert {(one.owner, one.kind) for one in found} == naive(secrets, public, page)


def steps_of(count: int) -> int:
    """Return how many lines run to prove so many households that all share their sentences; half do not show them."""
    stories = [" ".join((STORY, f"nhà số {number} ở cuối xóm", *reversed(WORDS))) for number in range(count)]
    shown = [("story", story) for story in stories[::2]]
    pages = [
        page(f"<h1>Vườn {number}</h1><p>{story}</p>").encode() for number, story in enumerate(stories[::2])
    ]
    steps = 0

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal steps
        steps += event == "line"
        return trace if frame.f_code.co_filename.endswith("leaks.py") else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        index = Index([Secret("story", story, str(number)) for number, story in enumerate(stories)], shown)
        found = [
            one for one_page in pages for text in readings(one_page, set()) for one in index.found_in(text)
        ]
    finally:
        sys.settrace(before)
    assert found == []
    return steps


def test_stories_alike_cost_no_more() -> None:
    """Twice the households take twice the steps, though each sentence stands with all of them."""
    steps_of(1)
    assert steps_of(40) < 2.4 * steps_of(20)
