"""The pages as a visitor gets them: addresses, what is on them, and what can never be."""

import gzip
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from urllib.parse import urljoin, urlsplit

from households_kit import (
    CROPS,
    EMPTIEST,
    FULLEST,
    LANGUAGES,
    PICTURES,
    SITE,
    TEMPLATES,
    VILLAGE,
    ListedPages,
    crop,
    households,
    notice,
    pages,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from case_kit import each
from vuonho.model.fields import LocalText
from vuonho.model.public import PublicHousehold
from vuonho.model.vocabulary import CROPS as CATALOGUE
from vuonho.pages.language import Language
from vuonho.resources import Artifact

PAGES = pages()
HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}{% raw %}<a href="javascript:x">&amp;</style>'


def every_page() -> tuple[Artifact, ...]:
    """Return one page of each kind in both languages."""
    many = (FULLEST, EMPTIEST, *households(30, living=6, exact=5, near=5))
    village = replace(VILLAGE, formerly=("thon-cu",))
    return (
        *PAGES.household(FULLEST, VILLAGE, PICTURES),
        *PAGES.of_household(EMPTIEST, VILLAGE, {}),
        *PAGES.notice(notice()),
        *PAGES.of_village(village, many),
        *PAGES.of_site((VILLAGE, many)),
        *PAGES.privacy(),
        PAGES.not_found(),
        PAGES.offline(),
    )


EVERY_PAGE = every_page()
BY_PATH = {page.path: page for page in EVERY_PAGE}
each_page = each("shown_page", EVERY_PAGE, ids=[page.path for page in EVERY_PAGE])


def tree(page: Artifact) -> html.HtmlElement:
    """Return the parsed page."""
    return html.document_fromstring(page.content.decode("utf-8"))


# --- Addresses --------------------------------------------------------------------------------------------


def test_addresses() -> None:
    """The first language stands at the root, the others below their tags."""
    expected = {
        f"{prefix}{folder}index.html"
        for prefix in ("", "en/")
        for folder in (
            "",
            "482135/",
            "482135/den/",
            "100014/",
            "100027/",
            "thon-vuon-mau/",
            "thon-vuon-mau/print/",
            "thon-vuon-mau/con-so/",
            "thon-vuon-mau/to-so/",
            "thon-cu/",
            "privacy/",
        )
    } | {"404.html", "offline.html"}
    assert expected == set(BY_PATH)


def links(page: Artifact) -> Iterator[str]:
    """Yield every link of a page as a path below the site, files of other modules left out."""
    base = SITE.base_url + page.path
    for node in tree(page).xpath("//*[@href or @src]"):
        link = str(node.get("href", node.get("src")))
        if (
            not link
            or link.startswith(("#", "tel:"))
            or (urlsplit(link).scheme and not link.startswith(SITE.base_url))
        ):
            continue
        yield urljoin(base, link).split("#")[0].removeprefix(SITE.base_url)


@each_page
def test_links_lead_to_pages(shown_page: Artifact) -> None:
    """Every link within the site meets a page, from any depth, and folders end in a slash."""
    others = re.compile(
        r"icon\.svg|wide-[0-9a-f]{8}\.css|apple-touch-icon\.png|manifest\.webmanifest|photos/.*|\d+/garden\.svg|\d+/\d+\.vcf|qr/\d+\.svg|(en/)?20\d{4}/"
        r"|(en/)?thon-vuon-mau/mua\.(ics|atom)"
    )
    found = {link for link in links(shown_page) if not others.fullmatch(link)}
    assert set() == {link for link in found if f"{link}index.html" not in BY_PATH}
    if shown_page.path == "404.html":  # served at any depth
        hrefs = {str(node.get("href")) for node in tree(shown_page).xpath("//a")}
        assert {"#main", "tel:+84912000111", "/vuon/", "/vuon/en/", "/vuon/privacy/"} == hrefs


@each_page
def test_languages_point_at_each_other(shown_page: Artifact) -> None:
    """Each page that is to be found names both versions, the plaque's one as default, and itself."""
    alternates = {n.get("hreflang"): n.get("href") for n in tree(shown_page).xpath("//link[@hreflang]")}
    if tree(shown_page).xpath("//meta[@name='robots']"):
        assert alternates == {}
        return
    vi = SITE.base_url + shown_page.path.removeprefix("en/").removesuffix("index.html")
    en = vi.replace(SITE.base_url, f"{SITE.base_url}en/")
    assert {"vi": vi, "en": en, "x-default": vi} == alternates


# --- Safety -----------------------------------------------------------------------------------------------


@each_page
def test_strict_policy_fits_the_page(shown_page: Artifact) -> None:
    """The one style and the one script are the hashed ones; no style attribute, handler or foreign file."""
    document = tree(shown_page)
    (style,) = document.xpath("//style/text()")
    (script,) = document.xpath("//script[not(@type='application/ld+json')]/text()")
    (policy,) = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    style_hash, script_hash = (b64encode(sha256(one.encode()).digest()).decode() for one in (style, script))
    wide = " 'self'" if document.xpath("//link[@rel='stylesheet']") else ""
    assert (
        f"default-src 'none'; style-src 'sha256-{style_hash}'{wide}; script-src 'sha256-{script_hash}'; "
        f"img-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
    ) == policy
    assert len(script) > 500
    assert (
        document.xpath("//script/@src|//@style|//@*[starts-with(name(), 'on')]|//iframe|//form[@action]")
        == []
    )
    assert [
        src for src in document.xpath("//img/@src|//link/@href[not(contains(., 'example'))]") if "//" in src
    ] == []


def hostile(text: str) -> PublicHousehold:
    """Return a household with the text in every free field."""
    garden = replace(FULLEST.garden, crops=(crop(text), *CROPS))
    return replace(
        FULLEST,
        name=text,
        full_name=text,
        address=text,
        directions=LocalText((("vi", text),)),
        story=LocalText((("vi", text),)),
        garden=garden,
        products=tuple(replace(one, name=text) for one in FULLEST.products),
    )


def test_data_cannot_act() -> None:
    """Markup and template signs in every free field are shown as typed and do nothing."""
    made = PAGES.of_household(hostile(HOSTILE), replace(VILLAGE, name=HOSTILE), PICTURES)
    for page in made:
        document = tree(page)
        assert len(document.xpath("//script[not(@type='application/ld+json')]")) == 1
        assert document.xpath("//a[starts-with(@href, 'java')]") == []
        assert HOSTILE in document.xpath("string(//div[@id='told'])")
        assert HOSTILE in document.xpath("string(//h1)")


@settings(max_examples=25)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60))
def test_any_name_is_shown_as_typed(name: str) -> None:
    """Whatever characters a name holds, the heading says exactly it (white space aside)."""
    shown = tree(PAGES.of_household(hostile(name), VILLAGE, PICTURES)[0]).xpath("string(//h1)")
    assert " ".join(name.split()) == " ".join(shown.split())


def test_notice_is_nameless() -> None:
    """What is left of a household is its address, the team's phone and a way home, or without script to where it is.

    A village that was renamed still answers under its former folder.
    """
    page = next(PAGES.notice(notice()))
    text = page.content.decode("utf-8")
    told = ("Thôn Vườn Mẫu, ", "Phúc Trạch", "roi.yaml", "Vườn ông")
    assert tuple(word for word in told if word in text) == ()
    assert "0912\u00a0000\u00a0111" in text
    assert tree(page).xpath("//meta[@name='robots']/@content") == ["noindex"]
    moved = tuple(PAGES.notice(notice("482135")))[1]
    assert tree(moved).xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../../en/482135/#moved"]
    assert "../../en/482135/#moved" in tree(moved).xpath("//main//a/@href")
    renamed = tree(BY_PATH["thon-cu/index.html"])
    assert renamed.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../thon-vuon-mau/"]


@each("tag", ["vi", "en"])
def test_privacy_page_says_what_the_law_wants(tag: str) -> None:
    """Purpose, law, each tick, the place abroad, withdrawal within its days, and whom to call are there."""
    page = BY_PATH["privacy/index.html" if tag == "vi" else "en/privacy/index.html"].content.decode("utf-8")
    wanted = [
        "91/2025/QH15",
        "356/2025/NĐ-CP",
        LANGUAGES[tag].phone(SITE.team.phone),
        SITE.purpose.to(tag)[0],
    ]
    wanted += [LANGUAGES[tag].say(f"privacy.tick_{tick}") for tick in ("full_name", "exact_point", "living")]
    wanted += ["2 ngày", "15 ngày"] if tag == "vi" else ["2 working days", "15 days"]
    assert [words for words in wanted if words not in page] == []


def test_third_language_makes_pages() -> None:
    """A catalogue more and a tag in site.yaml is a third language of the site."""
    third = Language("de", {key: f"‹{text}›" for key, text in LANGUAGES["en"].messages.items()})
    site = replace(SITE, languages=("vi", "en", "de"))
    made = ListedPages(site, (TEMPLATES,), {**LANGUAGES, "de": third}).of_household(
        FULLEST, VILLAGE, PICTURES
    )
    assert [page.path for page in made] == [
        "482135/index.html",
        "en/482135/index.html",
        "de/482135/index.html",
    ]
    assert "‹The garden›" in made[2].content.decode("utf-8")


def test_a_page_with_everything_stays_light() -> None:
    """Thirty crops and everything told that can be: three KB more than the first flight of 14, and no more."""
    thirty = tuple(crop(one.vi, 5 + n, 30 + n * 20, 2000 + n) for n, one in enumerate(CATALOGUE[::6][:30]))
    heavy = replace(FULLEST, garden=replace(FULLEST.garden, crops=thirty))
    sizes = [len(gzip.compress(page.content, 9)) for page in PAGES.of_household(heavy, VILLAGE, PICTURES)]
    assert max(sizes) <= 17 * 1024
