"""The phone form as it is made: from the schema, all of it, and from nothing of any household."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from households_kit import LANGUAGES
from lxml import html

from case_kit import each
from command_kit import ROOT
from vuonho.forms.phone_form import fingerprint, form_questions, form_sections, suggestions
from vuonho.i18n import Both
from vuonho.model.fields import Field, LocalText
from vuonho.model.outline import household_fields
from vuonho.model.public import PublicSite, PublicTeam, PublicVillage
from vuonho.model.values import parse_phone, parse_point
from vuonho.model.vocabulary import CONSENT_TICKS
from vuonho.pages.site import Pages

SITE = PublicSite(
    base_url="https://vuon.example/thon/",
    province="Hà Tĩnh",
    title=LocalText((("vi", "Vườn </script><b>x"),)),
    purpose=LocalText((("vi", "Giới thiệu vườn."),)),
    languages=("vi", "en"),
    team=PublicTeam("Tổ <số>", parse_phone("0570 100 200"), None),
)
VILLAGES = (
    PublicVillage("thon-a", "a", "Thôn <A>", None, "Xã Phúc Trạch", None, None, parse_point("18.1, 105.7"), None, ()),
    PublicVillage("thon-b", "b", "Thôn B", None, "Xã Phúc Trạch", None, None, parse_point("18.1, 105.7"), None, ()),
)  # fmt: skip
FIELDS = household_fields()
BY_ITSELF = {"checked", "consent.publish", "photos.file"}
VIETNAMESE = frozenset("ạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
LABEL = Both("Mục thử", "Test entry")


@cache
def pages_in(languages: tuple[str, ...]) -> Pages:
    """The renderer of pages in these languages, whose templates are compiled once for all tests."""
    return Pages(replace(SITE, languages=languages), (ROOT / "templates",), LANGUAGES)


def made(
    fields: tuple[Field, ...] = FIELDS, languages: tuple[str, ...] = ("vi", "en"), *, alone: bool = False
) -> str:
    """The page in the first language."""
    return pages_in(languages).form(VILLAGES, fields, alone=alone).content.decode("utf-8")


def paths(fields: tuple[Field, ...], before: str = "") -> Iterator[str]:
    """Every field that is typed into, by its path."""
    for field in fields:
        path = f"{before}{field.key}"
        if field.fields:
            yield from paths(field.fields, f"{path}.")
        else:
            yield path


def asked(page: str) -> set[str]:
    """The paths of all fields that a page asks for, read off its elements."""
    tree, found = html.fromstring(page), set()
    for node in tree.xpath("//*[@data-key]"):
        keys = [node.get("data-key")]
        for owner in node.iterancestors():
            if owner.get("data-key"):
                keys.insert(0, owner.get("data-key"))
            if owner.get("data-within"):
                keys.insert(0, owner.get("data-within"))
            if owner.get("id") == "card-photo":
                keys.insert(0, "photos")
        found.add(".".join(keys))
        if node.get("data-partner"):
            found.add(".".join([*keys[:-1], node.get("data-partner")]))
    return found


def test_everything_that_a_profile_may_say_is_asked() -> None:
    """Each field once, but for what the form knows by itself."""
    assert set(paths(FIELDS)) - asked(made()) == BY_ITSELF


@each("owner", ["", "garden", "living", "visits"])
@each("kind", ["line", "count", "yes_no", "months", "paragraph", "day"])
def test_a_new_field_appears_by_itself(owner: str, kind: str) -> None:
    """Within its record, or on a screen of its own."""
    new = Field("mới", LABEL, kind, "base", Both("Ghi gì đó.", "Write something."))  # type: ignore[arg-type]
    fields = (
        *(replace(one, fields=(*one.fields, new)) if one.key == owner else one for one in FIELDS),
        *(() if owner else (new,)),
    )
    page = made(fields)
    assert asked(page) - asked(made()) == {f"{owner}.mới".strip(".")}
    assert "Mục thử" in page
    assert ('id="step-more"' in page) == (not owner)
    assert fingerprint(fields) != fingerprint(FIELDS)


def test_the_fingerprint_stands_for_what_is_asked() -> None:
    """Not for how it is worded."""
    assert fingerprint(FIELDS) == fingerprint(tuple(replace(one, help=LABEL) for one in FIELDS))
    assert f'data-schema="{fingerprint(FIELDS)}"' in made()


def test_each_tick_is_a_question() -> None:
    """In words of its own or by its label, in both languages, and with nothing answered beforehand."""
    for tag in ("vi", "en"):
        questions = form_questions(FIELDS, LANGUAGES[tag])
        assert tuple(one["key"] for one in questions) == CONSENT_TICKS.keys
        assert all(one["text"].endswith("?") or one["unless"] for one in questions)
        assert len({one["text"] for one in questions}) == len(questions)
    bare = {key: text for key, text in LANGUAGES["vi"].messages.items() if ".ask." not in key}
    (first, *_) = form_questions(FIELDS, replace(LANGUAGES["vi"], messages=bare))
    assert first["text"] == "Cho hiện điều này không: Họ và tên đầy đủ của chủ hộ?"
    answers = html.fromstring(made()).xpath("//*[@data-asked]//input")
    assert len(answers) == 2 * (len(CONSENT_TICKS.keys) + 1)
    assert [one for one in answers if one.get("checked") is not None] == []


def test_what_needs_a_tick_says_so() -> None:
    """Once for a whole section where all of it does, else beside the field."""
    page = made()
    ticks = html.fromstring(page).xpath("//*[@class='tick']/@data-tick")
    assert sorted(set(ticks)) == ["exact_point", "full_name", "links", "living", "phone", "prices", "story"]
    assert ticks.count("living") == ticks.count("phone") == 1


def test_no_example_names_somebody() -> None:
    """What the schema gives as an example may be the name, the number or the place of a family here."""
    page = made()
    assert [word for word in ("Hường", "18.1261", "0570 012 345", "ngõ 3") if word in page] == []


def test_the_page_is_inert_and_asks_for_nothing() -> None:
    """A strict policy, everything inside, what stands in the settings as text."""
    page = made()
    tree = html.fromstring(page)
    (policy,) = tree.xpath("//meta[@http-equiv]/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert (
        "img-src data: blob:; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
        in policy
    )
    assert "connect-src" not in policy
    sources = [*tree.xpath("//@src"), *tree.xpath("//@href")]
    assert [one for one in sources if not one.startswith(("data:image/svg+xml;base64,", "#"))] == [
        "manifest.webmanifest"
    ]
    assert "</script><b>x" not in page
    assert [one.text_content() for one in tree.xpath("//*[@data-village]//b")] == ["Thôn <A>", "Thôn B"]
    assert 'content="noindex"' in page


def test_alone_it_looks_for_no_worker() -> None:
    """The file on a phone has no site above it and is installed by nobody; the rest is the same."""
    alone = made().replace('data-root="../"', 'data-root=""')
    assert made(alone=True) == alone.replace('<link rel="manifest" href="manifest.webmanifest">', "")
    assert made(alone=True) != alone


def test_ids_are_there_once() -> None:
    """And every label, description and list finds what it names."""
    tree = html.fromstring(made())
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for name in ("for", "list", "aria-labelledby"):
        assert [one for one in tree.xpath(f"//@{name}") if one not in ids] == []
    described = " ".join(tree.xpath("//@aria-describedby")).split()
    assert [one for one in described if one not in ids] == []


def test_another_language_speaks_throughout() -> None:
    """English labels of the schema, English words of the form."""
    page = made(languages=("en", "vi"))
    assert '<html lang="en"' in page
    assert "Household garden form" in page
    tree = html.fromstring(page)
    words = "".join(
        one.text_content() for one in tree.xpath("//label | //legend | //button[not(@data-village)] | //h1")
    )
    assert [sign for sign in words if sign in VIETNAMESE] == []


def test_known_names_are_offered() -> None:
    """Crops, animals, and for products the goods and the crops."""
    names = suggestions(LANGUAGES["vi"])
    assert "Bưởi Phúc Trạch" in names["garden-crops-name"]
    assert "Bưởi Phúc Trạch" in names["products-name"]
    lists = html.fromstring(made()).xpath("//input/@list")
    assert {f"list-{name}" for name in names} == set(lists)


def test_sections_are_screens_in_the_order_of_a_visit() -> None:
    """Consent second, photos last."""
    keys = [section["key"] for section in form_sections(FIELDS, LANGUAGES["vi"])]
    assert keys[:3] == ["name", "consent", "location"]
    assert keys[-1] == "photos"
    assert len(keys) == 11


def test_the_scripts_are_for_phones_of_2016() -> None:
    """No sign of a language that came later; what runs is checked by the browser, this by reading."""
    later = re.compile(
        r"\?\.[a-z(\[]|\?\?|\basync\b|\bawait\b|\.\.\.\w|\.replaceAll\(|\.flat(Map)?\(|\.at\(|\bimport\b|\*\*|\.append\(|\.replaceWith\("
    )
    scripts = {
        path.name: path.read_text(encoding="utf-8") for path in Path(ROOT / "templates").glob("_form*.js")
    }
    bare = {name: re.sub(r"^\s*//.*$", "", script, flags=re.MULTILINE) for name, script in scripts.items()}
    assert len(scripts) == 6
    assert {name: found for name, script in bare.items() if (found := later.findall(script))} == {}
