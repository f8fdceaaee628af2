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
from vuonho.verify.codes import read_codes
from vuonho.verify.leaks import Index, Secret, Value, secret_problems, undressed
from vuonho.verify.tree import read_tree

NAME = "Nguyễn Thị Hường"
STORY = "Ông bà tôi về đây dựng nhà từ năm 1962 và trồng gốc bưởi đầu tiên bên giếng đá ong sau hè"
PHONE = "0337 012 345"
POINT = "18.126123, 105.761278"

SECRETS = (
    Secret("full_name", NAME, CODE),
    Secret("phone", PHONE, CODE),
    Secret("point", POINT, CODE),
    Secret("story", STORY, CODE),
    Secret("directions", "Qua cầu Đá rẽ trái", CODE),
)


def verify_secrets(
    site: Path, secrets: Iterable[Secret], public: Iterable[Value] = ()
) -> tuple[Problem, ...]:
    tree = read_tree(site)
    return tuple(secret_problems(tree, Index(secrets, public), read_codes(tree)))


def leaks(
    site: Path, text: str | bytes, public: tuple[tuple[str, str], ...] = (), file: str = "x.txt"
) -> list[tuple[str, str]]:
    put(build(site), [(file, text)])
    problems = verify_secrets(site, SECRETS, public)
    return [(problem.file, problem.field.removeprefix("secret.")) for problem in problems]


def test_sound_site(tmp_path: Path) -> None:
    """A site without any secret has no problem."""
    assert verify_secrets(build(tmp_path), SECRETS) == ()


@each(
    "text",
    [
        NAME,
        unicodedata.normalize("NFD", NAME),
        NAME.upper(),
        escape(NAME).replace("ễ", "&#7877;"),
        NAME.replace("ễ", "&#x1EC5;").replace(" ", "&nbsp;"),
        json.dumps({"name": NAME}),
        quote(NAME),
        quote_plus(NAME),
        quote(unicodedata.normalize("NFD", NAME)),
        page("<b>Nguyễn</b> <i>Thị Hường</i>"),
        page(f'<img alt="Bà {NAME}.">'),
        page("Ngu\u00adyễn Thị Hư<wbr>ờng"),
        "nguyen thi huong",
        "NGUYEN-THI-HUONG",
        "[Nguyễn, Thị, Hường]",
        b"\xff\xfe\x00\x91 padding " + NAME.encode() + b" padding \xff\x00",
    ],
)
def test_full_name(tmp_path: Path, text: str | bytes) -> None:
    """A full name is found in every usual dress."""
    assert leaks(tmp_path, text) == [("x.txt", "full_name")]


@each(
    "text",
    [
        "Nguyễn Thị Hương",
        "Nguyễn Thị Hườngs",
        "Nguyễn Văn Hường",
        "Nguyễn Thị",
        "Thị Hường",
        "xNguyễn Thị Hường",
    ],
)
def test_other_name(tmp_path: Path, text: str) -> None:
    """Another name, or a part of one, is no leak."""
    assert leaks(tmp_path, text) == []


@each(
    ("text", "public", "found"),
    [
        (NAME, (("full_name", NAME),), []),
        (f"Vườn bà {NAME}", (("full_name", f"Vườn bà {NAME}"),), []),
        (NAME, (("full_name", unicodedata.normalize("NFD", NAME).upper()),), []),
        (NAME, (("full_name", "Nguyễn Thị Hương"),), [("x.txt", "full_name")]),
        ("nguyen thi huong", (("full_name", "Nguyễn Thị Hương"),), []),
        (NAME, (("full_name", "Nguyễn Thị"), ("full_name", "Hường")), [("x.txt", "full_name")]),
        (PHONE, (("phone", "+84 337 012 345"),), []),
        (PHONE, (("phone", "0337 012 346"),), [("x.txt", "phone")]),
        (POINT, (("point", POINT),), []),
        (POINT, (("point", "18.1262, 105.7613"),), [("x.txt", "point")]),
        (STORY, (("story", f"Trích: {STORY}."),), []),
        (STORY, (("story", STORY[:60]),), [("x.txt", "story")]),
    ],
)
def test_public_value(
    tmp_path: Path, text: str, public: tuple[tuple[str, str], ...], found: list[tuple[str, str]]
) -> None:
    """What another household made public, or a chosen name, is no leak; what is only like it is."""
    assert leaks(tmp_path, text, public) == found


@each(
    "text",
    [
        "0337012345",
        "0337 012 345",
        "0337.012.345",
        "(0337) 012-345",
        "+84337012345",
        "+84 337 012 345",
        "+84 (0) 337 012 345",
        "0084 337 012 345",
        "84337012345",
        "https://zalo.me/0337012345",
        "tel:%2B84337012345",
        '{"phone":"0337\\u00a0012\\u00a0345"}',
        "0337&nbsp;012&nbsp;345",
        page("0337<span> 012 </span>345"),
        "0 3 3 7 0 1 2 3 4 5",
        "0337012345 60 gốc",
        "60 0337012345",
        "gọi０３３７０１２３４５",
    ],
)
def test_phone(tmp_path: Path, text: str) -> None:
    """A phone number is found with any signs between its digits, with 0 or +84."""
    assert leaks(tmp_path, text) == [("x.txt", "phone")]


@each("text", ["03370123456", "10337012345", "0337012", "h0 337 012 346", "337012345"])
def test_other_number(tmp_path: Path, text: str) -> None:
    """Longer, shorter and other numbers are no leak."""
    assert leaks(tmp_path, text) == []


@each(
    "text",
    [
        "18.126123,105.761278",
        "[105.761278,18.126123]",
        "18.1261 105.7612",
        "18.1261;105.7613",
        '"latitude":18.1261,"longitude":105.76128',
        "18,1261; 105,7613",
        "destination=18.126123%2C105.761278",
        page('<p data-lat="18.12612" data-lon="105.76128">'),
        "#map=18/18.12612/105.76128",
    ],
)
def test_point(tmp_path: Path, text: str) -> None:
    """An exact point is found from four decimals on, cut or rounded, in either order."""
    assert leaks(tmp_path, text) == [("x.txt", "point")]


@each("text", ["18.125, 105.765", "18.126 105.761", "18.1261", "18.1261, 105.7700", "18.1261 x 1.5 105.8"])
def test_coarse_point(tmp_path: Path, text: str) -> None:
    """The centre of the cell and other points are no leak."""
    assert leaks(tmp_path, text) == []


def test_round_point(tmp_path: Path) -> None:
    """A coordinate whose last digit is a nought is found without it."""
    put(build(tmp_path), [("x.txt", "[105.7612,18.125]")])
    secrets = (Secret("point", "18.1250, 105.7612", CODE),)
    assert [problem.file for problem in verify_secrets(tmp_path, secrets)] == ["x.txt"]


def test_point_like_a_cell(tmp_path: Path) -> None:
    """The centre of a cell is no leak even where a home is said to lie on it."""
    put(build(tmp_path), [("x.txt", "[105.765,18.125]")])
    assert verify_secrets(tmp_path, (Secret("point", "18.125, 105.765", CODE),)) == ()


@each("start", range(12))
def test_story_run(tmp_path: Path, start: int) -> None:
    """Any eight words of a story in a row are a leak, with or without accents, wherever they begin."""
    run = " ".join(STORY.split()[start : start + 8])
    assert leaks(tmp_path, page(f"<p>x {run}, y</p>")) == [("x.txt", "story")]
    assert leaks(tmp_path, undressed(run).replace(" ", "\n").upper()) == [("x.txt", "story")]


def test_story_part(tmp_path: Path) -> None:
    """Seven words in a row are no leak."""
    assert leaks(tmp_path, " ".join(STORY.split()[3:10])) == []


def test_story_in_json(tmp_path: Path) -> None:
    """Line breaks inside a story do not hide it in JSON."""
    assert leaks(tmp_path, json.dumps(STORY.replace(" ", "\n"))) == [("x.txt", "story")]


def test_short_text(tmp_path: Path) -> None:
    """A text of less than eight words leaks as a whole only."""
    assert leaks(tmp_path, "rẽ trái") == []
    assert leaks(tmp_path, "qua cầu đá, rẽ trái!") == [("x.txt", "directions")]


@pytest.mark.parametrize(
    "text", ["https://fb.example/Huong", "fb.example/huong", "https%3A%2F%2Fwww.fb.example%2Fhuong"]
)
def test_link(tmp_path: Path, text: str) -> None:
    """A family's own link is found with and without https and www."""
    put(build(tmp_path), [("x.txt", text)])
    secrets = (Secret("link", "https://www.fb.example/huong", CODE),)
    assert [problem.file for problem in verify_secrets(tmp_path, secrets)] == ["x.txt"]


def test_file_name(tmp_path: Path) -> None:
    """File and folder names are searched too."""
    assert leaks(tmp_path, "", file="photos/nguyen-thi-huong.txt") == [
        ("photos/nguyen-thi-huong.txt", "full_name")
    ]


def test_code(tmp_path: Path) -> None:
    """What a QR code says is searched too."""
    file = f"qr/{CODE}.png"
    assert leaks(tmp_path, png(f"{BASE}{CODE}/?tel=0337012345"), file=file) == [(file, "phone")]


def test_script_of_one_page(tmp_path: Path) -> None:
    """A script or style is searched though it stands in no text."""
    assert leaks(tmp_path, page(f'<script type="application/ld+json">{{"tel":"{PHONE}"}}</script>')) == [
        ("x.txt", "phone")
    ]


def test_value_is_not_told(tmp_path: Path) -> None:
    """The problem names kind and household and never repeats the value."""
    put(build(tmp_path), [("x.txt", f"{NAME} {PHONE}")])
    said = " ".join(f"{problem}" for problem in verify_secrets(tmp_path, SECRETS))
    assert ("Hường" in said, "012" in said, CODE in said) == (False, False, True)


@given(text=st.text(max_size=60), before=st.text(max_size=9), after=st.text(max_size=9))
def test_hostile_text(text: str, before: str, after: str) -> None:
    """No text makes the search raise, and a name between other lines is always found."""
    index = Index(SECRETS, (("full_name", text),))
    found = {secret.kind for secret in index.found_in(undressed(f"{before}\n{NAME}\n{after}"))}
    assert "full_name" in found or "hường" in undressed(text).casefold()


def test_two_neighbours_do_not_make_a_third_point(tmp_path: Path) -> None:
    """The longitude of one household beside the latitude of the next is no point of anybody's."""
    shown = '{"coordinates":[105.7611,18.1262]},"properties":{"code":"482135","name":"Vườn bà Hường"}},'
    features = shown + shown.replace("105.7611,18.1262", "105.7644,18.1299")
    put(build(tmp_path), [("data/households.geojson", features)])
    between = Secret("point", "18.1262, 105.7644", "926002")
    assert verify_secrets(tmp_path, [between]) == ()


@each(
    ("text", "found"),
    [
        ('{"crops": ["Lê", "Na"]}', 0),
        ("trồng lê na", 0),
        ("Lê, Na", 0),
        ("<li>Lê</li><li>Na</li>", 0),
        ("bà Lê Na", 1),
        ("<p>Lê&nbsp;Na</p>", 1),
        ("LÊ NA", 1),
        ("bà Lê Na".encode("utf-16"), 1),
    ],
)
def test_a_name_of_two_words_stands_as_a_name(tmp_path: Path, text: str | bytes, found: int) -> None:
    """Two crops side by side are nobody's name; written as one, it is found, in UTF-16 too."""
    put(build(tmp_path), [("x.txt", text)])
    assert found == len(verify_secrets(tmp_path, (Secret("full_name", "Lê Na", CODE),)))


@pytest.mark.parametrize(("text", "found"), [("ở Phường Trần Phú, Hà Tĩnh", 0), ("ông Trần Phú", 1)])
def test_a_place_excuses_itself_alone(tmp_path: Path, text: str, found: int) -> None:
    """A name that is part of a place's name is no leak there, and is one anywhere else."""
    put(build(tmp_path), [("x.txt", text)])
    secrets = (Secret("full_name", "Trần Phú", CODE),)
    assert found == len(verify_secrets(tmp_path, secrets, [("place", "Phường Trần Phú")]))
