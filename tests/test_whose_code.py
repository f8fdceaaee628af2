"""“Kiểm mã”: what is a code of ours, what is not, and that no fake is ever called ours."""

import json
import mimetypes
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Route

from axe_kit import in_both_lights
from browser_kit import TOO_WIDE, until, watched
from case_kit import each
from command_kit import build, twin, vuonho
from pages_server import served
from vuonho.model.codes import is_code
from vuonho.qr.symbol import payload, qr_symbol

BASE, OLDER = "https://thonnam.example/vuon/", "https://cu.khe.example/"
SITE = f"""\
base_url: {BASE}
previous_urls: [{OLDER}]
title: {{vi: Vườn hộ hai thôn, en: Gardens of two villages}}
purpose: {{vi: Giới thiệu vườn, en: To show gardens}}
languages: [vi, en]
team: {{name: Tổ số, phone: 0570 100 200}}
"""
SOUTH, NORTH, LEFT, MOVED, VOID, SILENT, NEVER = (
    "482135",
    "12340",
    "643479",
    "158589",
    "711946",
    "600136",
    "100014",
)
"""Two that are shown, one that withdrew, one that went to NORTH, one void, one that has not agreed, one of nobody."""
ROWS = {SOUTH: "thon-nam", NORTH: "thon-bac", LEFT: "thon-nam", MOVED: "thon-nam", SILENT: "thon-nam"}
STATUS = {LEFT: "withdrawn", MOVED: "moved"}
HOME, VERDICT = BASE + SOUTH + "/", ".verdict"


def profile(code: str) -> str:
    if code in STATUS:
        way = f'moved_to: "{NORTH}"' if code == MOVED else "withdrawn: 2026-10-30"
        return f'code: "{code}"\n{way}\nchecked: 2026-11-02\n'
    consent = "{given: 2026-10-20, by: Lê Thị Thử, how: paper, publish: []}" if code != SILENT else "{}"
    return (
        f'code: "{code}"\nname: Vườn nhà Thử {code}\nconsent: {consent}\n'
        "location: {address: Ngõ 3}\ngarden: {}\nchecked: 2026-11-02\n"
    )


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return two villages with codes in every state, built."""
    root = tmp_path_factory.mktemp("whose")
    write(root / "profiles/site.yaml", SITE)
    for slug, name in (("thon-nam", "Thôn Nam"), ("thon-bac", "Thôn Bắc")):
        more = "formerly: [thon-cu]\n" if slug == "thon-nam" else ""
        village = f"name: {name}\ncommune: Xã Phúc Trạch\ncentre: 18.1250, 105.7600\n{more}"
        write(root / f"profiles/{slug}/village.yaml", village)
    rows = [
        f"{code},{slug}/ho-{code}.yaml,2026-10-19,,,{STATUS.get(code, '')}" for code, slug in ROWS.items()
    ]
    rows.append(f"{VOID},thon-nam/bo.yaml,2026-10-19,,,void")
    for code, slug in ROWS.items():
        write(root / f"profiles/{slug}/ho-{code}.yaml", profile(code))
    write(root / "profiles/codes.csv", "\n".join(("code,profile,given,printed,url,status", *rows, "")))
    done = build(root)
    assert done.code == 0, done.said
    return root


Serve = Callable[[Route], None]


def serving(site: Path, **instead: bytes | None) -> Serve:
    """Return what answers for any host with the files of a site, or with others for `codes`; None for no answer."""

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path.removeprefix(urlsplit(BASE).path).lstrip("/")
        file = site / (f"{path}index.html" if path.endswith("/") or not path else path)
        content = file.read_bytes() if file.is_file() else None
        if path == "data/codes.json" and "codes" in instead:
            content = instead["codes"]
        if content is None:
            route.fulfill(status=404, body="")
        else:
            route.fulfill(body=content, content_type=mimetypes.guess_type(file.name)[0])

    return answer


@pytest.fixture
def page(browser: Browser, project: Path) -> Iterator[Page]:
    """Open the page where it belongs."""
    with watched(browser) as phone:
        phone.route("**/*", serving(project / "site"))
        phone.goto(f"{BASE}kiem-ma/")
        yield phone


def asked(page: Page, text: str) -> tuple[str, str]:
    """Return (kind, words) of the answer to what somebody puts into the field."""
    page.evaluate("() => { document.querySelector('.verdict').textContent = ''; }")
    page.locator("textarea").fill(text)
    page.locator("form .strong").click()
    page.locator(f"{VERDICT} p").first.wait_for()
    kind = page.locator(VERDICT).get_attribute("class") or ""
    return kind.split()[-1], " ".join(" ".join(page.locator(f"{VERDICT} p").all_inner_texts()).split())


NOT, NO_CODE, UNSURE = "Không phải của chúng tôi.", "Ở đây không có mã này", "Chưa kiểm được."
NAMED = "Đúng, đây là của thôn Nam."


@pytest.mark.browser
@each(
    ("text", "words"),
    [
        (HOME, (NAMED, "đang mở")),
        (f"https://THONNAM.EXAMPLE/vuon/{SOUTH}/", (NAMED, "đang mở")),  # as the code says it
        (f"HTTPS://ThonNam.example/vuon/{SOUTH}/", (NAMED, "đang mở")),  # a phone's keyboard
        (f"  {HOME}\r\n", (NAMED, "đang mở")),  # copied with what stood around it
        (HOME.rstrip("/"), (NAMED, "đang mở")),
        (f"{BASE}en/{SOUTH}/", (NAMED, "đang mở")),
        (f"{BASE}{NORTH}/", ("của thôn Bắc", "đang mở")),
        (f"{OLDER}{SOUTH}/", (NAMED, "đang mở", "địa chỉ cũ")),
        (f"{BASE}{LEFT}/", ("của Vườn hộ hai thôn", "khép lại")),
        (f"{BASE}{MOVED}/", ("của Vườn hộ hai thôn", "sang mã 12 340")),
        (f"{BASE}thon-nam/", (NAMED, "trang của thôn")),
        (f"{BASE}thon-cu/", (NAMED, "trang của thôn")),
        (BASE, ("của Vườn hộ hai thôn", "trang chủ")),
    ],
)
def test_ours_are_known(page: Page, text: str, words: tuple[str, ...]) -> None:
    """In every dress in which a plaque, a browser or a hand gives them; nobody is named."""
    kind, said = asked(page, text)
    assert kind == "here"
    assert [one for one in words if one not in said] == []
    assert "Thử" not in page.locator("main").inner_text()


@pytest.mark.browser
@each(
    ("text", "words"),
    [
        (SOUTH, "đang mở"),
        ("482 135", "đang mở"),
        (LEFT, "khép lại"),
        (MOVED, "sang mã"),
        (f"thonnam.example/vuon/{SOUTH}/", "đang mở"),  # as the plaque prints it
    ],
)
def test_digits_alone_are_no_proof(page: Page, text: str, words: str) -> None:
    """A plaque's print may be true where the code that is pasted over leads elsewhere: the answer says so."""
    kind, said = asked(page, text)
    assert (kind, words in said, "Số đúng vẫn chưa đủ" in said, "Đúng, đây" in said) == (
        "half",
        True,
        True,
        False,
    )


FAKES = {
    "another host": f"https://thonnam.example.com/vuon/{SOUTH}/",
    "our host in front": f"https://thonnam.example.xyz/vuon/{SOUTH}/",
    "our host behind": f"https://xthonnam.example/vuon/{SOUTH}/",
    "a host below ours": f"https://qr.thonnam.example/vuon/{SOUTH}/",
    "a dash for a dot": f"https://thonnam-example.com/vuon/{SOUTH}/",
    "a letter more": f"https://thonnamm.example/vuon/{SOUTH}/",
    "a letter less": f"https://thonam.example/vuon/{SOUTH}/",
    "rn for m": f"https://thonnarn.example/vuon/{SOUTH}/",
    "a nought for o": f"https://th0nnam.example/vuon/{SOUTH}/",
    "a Cyrillic а": f"https://thonnаm.example/vuon/{SOUTH}/",
    "a Cyrillic о": f"https://thоnnam.example/vuon/{SOUTH}/",
    "a Kelvin K": f"https://cu.\u212ahe.example/{SOUTH}/",
    "a long s": f"http\u017f://thonnam.example/vuon/{SOUTH}/",
    "a dotless i": f"https://thonnam.example/vuon/{SOUTH}/\u0131",
    "accents": f"https://thônnam.example/vuon/{SOUTH}/",
    "Punycode": f"https://xn--thnnam-uwc.example/vuon/{SOUTH}/",
    "a full-width host": f"https://ｔｈｏｎｎａｍ.example/vuon/{SOUTH}/",
    "an ideographic full stop": f"https://thonnam。example/vuon/{SOUTH}/",
    "a fraction for a slash": f"https://thonnam.example\u2044vuon/{SOUTH}/",
    "another path": f"https://thonnam.example/vuonn/{SOUTH}/",
    "no path": f"https://thonnam.example/{SOUTH}/",
    "another letter case of the path": f"https://thonnam.example/VUON/{SOUTH}/",
    "a path before": f"https://thonnam.example/x/vuon/{SOUTH}/",
    "a path behind": f"{HOME}pay/",
    "a file behind": f"{HOME}index.html",
    "two slashes behind": f"{HOME}/",
    "two slashes before": f"https://thonnam.example/vuon//{SOUTH}/",
    "a way up": f"https://thonnam.example/vuon/../vuon/{SOUTH}/",
    "a way up and out": f"https://thonnam.example/vuon/../../evil/{SOUTH}/",
    "plain http": f"http://thonnam.example/vuon/{SOUTH}/",
    "another scheme": f"ftp://thonnam.example/vuon/{SOUTH}/",
    "no slashes behind the scheme": f"https:thonnam.example/vuon/{SOUTH}/",
    "one slash behind the scheme": f"https:/thonnam.example/vuon/{SOUTH}/",
    "three slashes behind the scheme": f"https:///thonnam.example/vuon/{SOUTH}/",
    "no scheme but slashes": f"//thonnam.example/vuon/{SOUTH}/",
    "a port": f"https://thonnam.example:8443/vuon/{SOUTH}/",
    "the usual port": f"https://thonnam.example:443/vuon/{SOUTH}/",
    "a user": f"https://thonnam.example@evil.example/vuon/{SOUTH}/",
    "a user and password": f"https://thonnam.example:vuon@evil.example/{SOUTH}/",
    "a user before ours": f"https://admin@thonnam.example/vuon/{SOUTH}/",
    "our address in a query": f"https://evil.example/?u={HOME}",
    "our address in a path": f"https://evil.example/{HOME}",
    "our address in a fragment": f"https://evil.example/#{HOME}",
    "a query": f"{HOME}?login=1",
    "a fragment": f"{HOME}#pay",
    "a question mark alone": f"{HOME}?",
    "backslashes": f"https:\\\\thonnam.example\\vuon\\{SOUTH}\\",
    "a backslash behind the host": f"https://evil.example\\@thonnam.example/vuon/{SOUTH}/",
    "a trailing dot of the host": f"https://thonnam.example./vuon/{SOUTH}/",
    "a trailing dot": f"{HOME}.",
    "a percent in the host": f"https://thonnam%2eexample/vuon/{SOUTH}/",
    "a percent in the path": f"https://thonnam.example/%76uon/{SOUTH}/",
    "a percent in the digits": "https://thonnam.example/vuon/48213%35/",
    "a space inside": f"https://thonnam.example/vuon/ {SOUTH}/",
    "a space in the digits": "https://thonnam.example/vuon/482 135/",
    "a tab inside": f"https://thonnam.example/vu\ton/{SOUTH}/",
    "a newline inside": f"https://thonnam.example/vu\non/{SOUTH}/",
    "a no-break space": f"\u00a0{HOME}",
    "a zero-width space": f"https://thonnam.exam\u200bple/vuon/{SOUTH}/",
    "a soft hyphen": f"https://thonnam.exam\u00adple/vuon/{SOUTH}/",
    "a byte order mark": f"\ufeff{HOME}",
    "turned round": f"\u202e{HOME}",
    "two addresses": f"{HOME} https://evil.example/",
    "two lines": f"{HOME}\nhttps://evil.example/",
    "a shortened link": "https://bit.ly/3xYzAbC",
    "a shortened link to digits": f"https://qr.link/{SOUTH}/",
    "a script": f"javascript:location='{HOME}'",
    "a script that looks like ours": f"javascript://thonnam.example/vuon/{SOUTH}/%0aalert(1)",
    "data": f"data:text/html,<a href={HOME}>",
    "a blob": f"blob:{HOME}",
    "a view of the source": f"view-source:{HOME}",
    "IPv4": f"https://93.184.216.34/vuon/{SOUTH}/",
    "IPv6": f"https://[2001:db8::1]/vuon/{SOUTH}/",
    "IPv6 and ours": f"https://[::1]@thonnam.example/vuon/{SOUTH}/",
    "void": f"{BASE}{VOID}/",
    "not agreed": f"{BASE}{SILENT}/",
    "of nobody": f"{BASE}{NEVER}/",
    "a wrong check digit": f"{BASE}482136/",
    "a digit more": f"{BASE}4821350/",
    "twelve digits": f"{BASE}482135482135/",
    "a nought before": f"{BASE}0482135/",
    "a sign": f"{BASE}+482135/",
    "a picture of a code": f"{BASE}qr/{SOUTH}.png",
    "the team's form": f"{BASE}form/",
    "another village": f"{BASE}thon-dong/",
    "an unknown language": f"{BASE}fr/{SOUTH}/",
    "two languages": f"{BASE}en/en/{SOUTH}/",
    "void digits": VOID,
    "digits of who has not agreed": SILENT,
    "digits of nobody": NEVER,
    "wrong digits": "482136",
    "swapped digits": "428135",
    "twelve digits typed": "482135482135",
    "full-width digits": "４８２１３５",
    "Arabic digits": "٤٨٢١٣٥",
    "mathematical digits": "𝟒𝟖𝟐𝟏𝟑𝟓",
    "digits and a zero-width space": "482\u200b135",
    "digits and a no-break space": "482\u00a0135",
    "digits with points": "482.135",
    "a digit as a letter": "48213S",
    "a number": "4.82135e5",
    "hexadecimal": "0x75B57",
    "a dot for a letter of ours": "https://thonnam.example/vuon/48213.5/",
    "a one-dot leader": f"https://thonnam\u2024example/vuon/{SOUTH}/",
    "a letter under another": f"https://thonnam\u0323.example/vuon/{SOUTH}/",
    "a blank of braille": f"{HOME}\u2800https://evil.example/",
    "a filler of Hangul": f"https://thonnam.example\u3164.evil.example/vuon/{SOUTH}/",
    "a mark from right to left": f"https://thonnam.example/vuon/\u200f{SOUTH}/",
    "an isolate": f"\u2066{HOME}\u2069",
    "a line separator": f"{HOME}\u2028https://evil.example/",
    "a next line": f"{HOME}\x85",
    "a form feed": f"{HOME}\x0c",
    "a null": f"{HOME}\x00",
    "a variation selector": f"https://thonnam.example/vuon/{SOUTH}\ufe0f/",
    "a tag letter": f"{HOME}\U000e0041",
    "half a letter": f"{HOME}\ud83d",
    "www": f"https://www.thonnam.example/vuon/{SOUTH}/",
    "www without https": f"www.thonnam.example/vuon/{SOUTH}/",
    "a port without https": f"thonnam.example:443/vuon/{SOUTH}/",
    "a user without https": f"@thonnam.example/vuon/{SOUTH}/",
    "our path alone": f"/vuon/{SOUTH}/",
    "our host in brackets": f"https://[thonnam.example]/vuon/{SOUTH}/",
    "an @ as percent": f"https://thonnam.example%40evil.example/vuon/{SOUTH}/",
    "a percent slash in the host": f"https://thonnam.example%2fvuon%2f{SOUTH}/",
    "a comma in the host": f"https://thonnam.example,evil.example/vuon/{SOUTH}/",
    "a scheme twice": f"https://{HOME}",
    "our address twice": f"{HOME}{HOME}",
    "URL: before": f"URL:{HOME}",
    "a bookmark": f"MEBKM:TITLE:thonnam;URL:{HOME};;",
    "a card": f"BEGIN:VCARD\nURL:{HOME}\nEND:VCARD",
    "an intent": f"intent://thonnam.example/vuon/{SOUTH}/#Intent;scheme=https;end",
    "a text message": f"SMSTO:0570100200:{HOME}",
    "a Wi-Fi": "WIFI:T:WPA;S:thonnam.example;P:vuon;;",
    "a bank's code": "00020101021138540010A00000072701240006970436",
    "a bank's digits": "000201010211",
    "wss": f"wss://thonnam.example/vuon/{SOUTH}/",
    "a file": f"file://thonnam.example/vuon/{SOUTH}/",
    "the older path at the new host": f"https://thonnam.example/{SOUTH}/",
    "the new path at the older host": f"https://cu.khe.example/vuon/{SOUTH}/",
    "right digits below a village": f"{BASE}thon-nam/{SOUTH}/",
    "a village below right digits": f"{HOME}thon-nam/",
    "a village and a way up": f"{BASE}thon-bac/../{SOUTH}/",
    "a way up as percent": f"{BASE}%2e%2e/{SOUTH}/",
    "here again": f"{BASE}./{SOUTH}/",
    "a language in capitals": f"{BASE}EN/{SOUTH}/",
    "a language and two slashes": f"{BASE}en//{SOUTH}/",
    "a semicolon": f"{BASE}{SOUTH};/",
    "a session": f"{HOME[:-1]};jsessionid=1/",
    "who says that he comes": f"{HOME}den/",
    "the register": f"{BASE}data/codes.json",
    "this page": f"{BASE}kiem-ma/",
    "two homes": f"{BASE}{SOUTH}/{NORTH}/",
    "two digits": f"{SOUTH} {NORTH}",
    "digits on two lines": "482\n135",
    "digits in brackets": f"({SOUTH})",
    "a code in words": f"Mã {SOUTH}",
    "superscript digits": "⁴⁸²¹³⁵",
    "a minus": f"-{SOUTH}",
    "a property": "constructor",
    "words": "Vườn bà Hường",
}  # fmt: skip


@pytest.mark.browser
@each("name", FAKES)
def test_fakes_are_refused(page: Page, name: str) -> None:
    """Whatever is not plainly ours is told to be not ours, with no link to follow."""
    kind, said = asked(page, FAKES[name])
    assert (kind, NOT in said) == ("no", True), said
    assert page.locator(f"{VERDICT} a").count() == 0


@pytest.mark.browser
def test_what_is_pasted_is_judged_whole(page: Page) -> None:
    """However far behind our address something else stands."""
    page.locator("textarea").focus()
    page.keyboard.insert_text(f"{HOME}{chr(10) * 2500}https://evil.example/")
    page.locator("form .strong").click()
    page.locator(f"{VERDICT} p").first.wait_for()
    assert NOT in page.locator(VERDICT).inner_text()


# --- Whatever somebody may write ---

ROOTS, TAGS = (BASE, OLDER), ("", "en/")
KNOWN = (SOUTH, NORTH, LEFT, MOVED)
GOOD = [f"{root}{tag}{code}{end}" for root, tag, code, end in product(ROOTS, TAGS, KNOWN, ("", "/"))]
PLACES = {f"{root}{tag}{name}" for root, tag in product(ROOTS, TAGS)
          for slug in ("thon-nam", "thon-bac", "thon-cu", "") for name in (slug, f"{slug}/") if name != "/"}  # fmt: skip
ODD = list("/\\?#@:.%&=+-_~ \t\r\n\x00'\"<>[]{}|^`;,!$()*")
ODD += [
    "https://",
    "http://",
    "//",
    "..",
    "%2f",
    "%00",
    "xn--",
    "en/",
    "@evil.example",
    "evil.example/",
    ":443",
    *GOOD,
]
ODD += [
    "\u200b",
    "\u00ad",
    "\u2044",
    "\u3002",
    "\uff0e",
    "\u212a",
    "\u017f",
    "\u0131",
    "\u0430",
    "\uff11",
    "\u0664",
]


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """Return an address of ours to which one to three things were done."""
    text = draw(st.sampled_from([*GOOD, *PLACES, *KNOWN]))
    for _ in range(draw(st.integers(0, 3))):
        at, cut = draw(st.integers(0, len(text))), draw(st.integers(0, 2))
        text = text[:at] + draw(st.sampled_from([*ODD, "", *"aAzZ09"]) | st.characters()) + text[at + cut :]
    return draw(st.sampled_from([text, text.upper(), text.swapcase(), text]))


def is_ours(text: str) -> bool:
    """Tell, in other words than the page's script, what is an address of ours: the scheme and host have no case."""
    text = text.strip(" \t\r\n")
    if not text.isascii():
        return False
    scheme, slashes, rest = text.partition("://")
    host, slash, path = rest.partition("/")
    plain = f"{scheme.lower()}{slashes}{host.lower()}{slash}{path}"
    return plain in GOOD or plain in PLACES or (not slash and f"{plain}/" in ROOTS)


@pytest.mark.browser
def test_nothing_else_is_called_ours(browser: Browser, project: Path) -> None:
    """Of any text: yes to addresses of ours and no others, and each of them opens our site in the browser's own eyes."""
    judged = """texts => {
      const site = JSON.parse(document.querySelector(".check").dataset.site);
      return texts.map(text => {
        const found = judge(text, site, window.known);
        let url = {};
        try { url = new URL(text); } catch (error) {}
        return [found.no ? "no" : found.typed ? "typed" : "yes", url.protocol, url.host, url.username, url.search, url.hash, url.pathname];
      });
    }"""
    with watched(browser) as page:
        page.route("**/*", serving(project / "site"))
        page.goto(f"{BASE}kiem-ma/")
        page.evaluate("async () => { window.known = await (await fetch('../data/codes.json')).json(); }")

        @given(st.lists(mangled() | st.text(), min_size=20, max_size=40))
        @settings(max_examples=60, deadline=None)
        def holds(texts: list[str]) -> None:
            texts = [text.encode("utf-8", "replace").decode() for text in texts]
            for text, (said, *url) in zip(texts, page.evaluate(judged, texts), strict=True):
                assert (said == "yes") == is_ours(text), text
                if said == "yes":
                    assert url[:1] + url[2:5] == ["https:", "", "", ""], text
                    assert (url[1], url[5].startswith("/vuon/")) in {
                        ("thonnam.example", True),
                        ("cu.khe.example", False),
                    }
                if said == "typed":
                    digits = text.strip(" \t\r\n").replace(" ", "")
                    assert (digits in KNOWN and is_code(digits)) or is_ours(f"https://{text.strip()}"), text

        holds()


# --- Where the data are not those of the page, or the page is not where it belongs ---


@pytest.mark.browser
@each("how", ["changed", "another", "cut", "none", "not even an answer"])
def test_without_its_own_list_it_says_neither_yes_nor_nothing(
    browser: Browser, project: Path, how: str
) -> None:
    """A list that was changed by one letter, is missing or no list at all; what needs no list is answered as ever."""
    site = project / "site"
    true = (site / "data/codes.json").read_bytes()
    false = {
        "changed": true.replace(SOUTH.encode(), NEVER.encode()),
        "another": b'{"open":{"thon-nam":["100014"]},"closed":[],"moved":{}}',
        "cut": true[:-20],
        "none": None,
    }.get(how)
    with watched(browser) as page:
        page.route("**/*", serving(site, codes=false))
        if how == "not even an answer":
            page.route("**/codes.json", lambda route: route.abort())
        page.goto(f"{BASE}kiem-ma/")
        for text in (HOME, SOUTH, f"{BASE}{NEVER}/"):
            kind, said = asked(page, text)
            assert (kind, UNSURE in said) == ("no", True)
        assert NOT in asked(page, FAKES["another host"])[1]
        page.unroute_all()
        page.route("**/*", serving(site))
        assert asked(page, HOME)[0] == "here"


@pytest.mark.browser
@each("where", ["https://thonnam.example.evil.example/vuon/", "https://thonnam.example:8443/vuon/", "http://thonnam.example/vuon/",
                "https://thonnam.example/vuonn/"])  # fmt: skip
def test_a_copy_elsewhere_answers_nothing(browser: Browser, project: Path, where: str) -> None:
    """The same bytes at another host, port, scheme or path have no field to type into, and name the true address."""
    with watched(browser) as page:
        page.route(
            "**/*",
            lambda route: (
                serving(project / "site")(route) if "kiem-ma" in route.request.url else route.abort()
            ),
        )
        page.route(re.compile("kiem-ma/$"), lambda route: route.fulfill(
            body=(project / "site/kiem-ma/index.html").read_bytes(), content_type="text/html"))  # fmt: skip
        page.goto(f"{where}kiem-ma/")
        assert not page.locator("form").is_visible()
        assert f"đang mở ở {urlsplit(where).netloc}, không phải" in page.locator(VERDICT).inner_text()
        assert BASE in page.locator("main").inner_text()


@pytest.mark.browser
def test_off_line_it_knows_as_much(browser: Browser, published_demo: Path) -> None:
    """Whoever has opened any page has it with its list; a copy that was changed on the phone is not believed."""
    with served(published_demo / "site") as server, browser.new_context(locale="vi-VN") as phone:
        page = phone.new_page()
        page.goto(f"{server.base}482135/")
        kept = "async name => Boolean(await caches.match(name))"
        until(page, lambda: page.evaluate(kept, f"{server.base}data/codes.json"))
        until(page, lambda: page.evaluate(kept, f"{server.base}kiem-ma/"))
        server.down = True
        page.goto(f"{server.base}kiem-ma/")
        assert asked(page, "https://X.GITHUB.IO/repo/482135/") == (
            "here",
            f"{NAMED.replace('Nam', 'Vườn Mẫu')} Trang của mã này đang mở.",
        )
        page.reload()
        page.evaluate("""async name => {
          for (const one of await caches.keys()) {
            const cache = await caches.open(one), copy = await cache.match(name);
            if (copy) await cache.put(name, new Response((await copy.text()).replace("482135", "100014")));
          }
        }""", f"{server.base}data/codes.json")  # fmt: skip
        for code in ("482135", "100014"):
            kind, said = asked(page, f"https://x.github.io/repo/{code}/")
            assert (kind, UNSURE in said) == ("no", True)


CAMERA = """
([seen, works, rows]) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 400, height: 400 }), pen = canvas.getContext("2d");
  const draw = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, 400, 400);
    pen.fillStyle = "#000";
    rows.forEach((row, y) => [...row].forEach((one, x) => { if (one === "1") pen.fillRect(40 + 8 * x, 40 + 8 * y, 8, 8); }));
    setTimeout(draw, 20);
  };
  draw();
  delete window.BarcodeDetector;
  if (!rows.length) window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return seen.length ? [{ rawValue: seen.shift() }] : []; }
  };
  const mediaDevices = { getUserMedia: async () => { if (!works) throw new Error("denied"); return canvas.captureStream(); } };
  Object.defineProperty(navigator, "mediaDevices", { value: mediaDevices });
}
"""
"""What the camera of a phone will see: texts, where it reads codes by itself; else the rows of a code."""


def rows_of(text: str) -> list[str]:
    symbol = qr_symbol(text)
    return [f"{row:0{symbol.size}b}" for row in symbol.rows]


@pytest.mark.browser
def test_a_code_is_scanned_by_the_phone_or_by_us(browser: Browser, project: Path) -> None:
    """What the code says is judged letter by letter, not what the field makes of it; a camera refused is said."""
    for works, seen, code, kind in (
        (True, [HOME.replace("thonnam.example", "THONNAM.EXAMPLE")], "", "here"),
        (True, [FAKES["a newline inside"]], "", "no"),
        (True, [], payload(BASE, SOUTH), "here"),
        (True, [], FAKES["a query"], "no"),
        (False, [], "", "no"),
    ):
        with watched(browser) as page:
            rows = rows_of(code) if code else []
            page.add_init_script(f"({CAMERA})({json.dumps([seen, works, rows])})")
            page.route("**/*", serving(project / "site"))
            page.goto(f"{BASE}kiem-ma/")
            page.locator("form [type=button]").click()
            page.locator(f"{VERDICT} p").first.wait_for()
            assert (page.locator(VERDICT).get_attribute("class") or "").split()[-1] == kind
            assert ("máy ảnh" in page.locator(VERDICT).inner_text()) == (not works)
            assert not page.locator("video").is_visible()


# --- What the page is, and what is told of codes ---


@pytest.mark.browser
@each("tag", ["", "en/"])
def test_the_page_is_for_everybody(browser: Browser, project: Path, tag: str) -> None:
    """No axe rule is broken in any answer in either light, nothing is wider than a small phone, Enter is enough."""
    with watched(browser, viewport={"width": 320, "height": 600}, locale="en-GB" if tag else "vi-VN") as page:
        page.route("**/*", serving(project / "site"))
        page.goto(f"{BASE}{tag}kiem-ma/")
        for text in ("", HOME, SOUTH, "https://evil.example/" + "x" * 300):
            page.locator("textarea").fill(text)
            page.locator("textarea").press("Enter")
            page.locator(f"{VERDICT} p").first.wait_for()
            assert in_both_lights(page) == {"light": [], "dark": []}
            assert page.evaluate(TOO_WIDE) == 0


@pytest.mark.browser
def test_without_script_it_says_what_to_compare(browser: Browser, project: Path) -> None:
    """The addresses letter by letter, and the list; no field that would do nothing."""
    with watched(browser, java_script_enabled=False) as page:
        page.route("**/*", serving(project / "site"))
        page.goto(f"{BASE}kiem-ma/")
        words = page.locator("main").inner_text()
        assert (BASE in words, OLDER in words, page.locator("form").is_visible()) == (True, True, False)
        assert page.locator("main a[href$='data/codes.json']").is_visible()


def test_the_list_tells_codes_and_states_alone(project: Path) -> None:
    """Of what left not even the village; every page names the list by its digest, and leads to the check."""
    site = project / "site"
    content = (site / "data/codes.json").read_bytes()
    told = {"open": {"thon-bac": [NORTH], "thon-nam": [SOUTH]}, "closed": [LEFT], "moved": {MOVED: NORTH}}
    assert json.loads(content) == told
    mark = re.sub("(.{4})(?!$)", r"\1 ", sha256(content).hexdigest()[:16])
    pages = [path for path in site.rglob("*.html") if path.parent.name != "form"]
    assert len(pages) > 20
    for path in pages:
        page = path.read_text(encoding="utf-8")
        assert (f"<code>{mark}</code>" in page, 'kiem-ma/"' in page) == (True, True), path


def test_a_new_code_is_on_every_page_at_once(project: Path, tmp_path: Path) -> None:
    """Who comes, leaves or goes elsewhere changes the list, and a build that keeps what it can is as one made anew."""
    root = twin(project, tmp_path / "dự án")
    file = root / f"profiles/thon-bac/ho-{NORTH}.yaml"
    for before, after in (
        ("checked:", "withdrawn: 2026-11-20\nchecked:"),
        ("garden: {}", "garden: {area: 500}"),
    ):
        write(file, file.read_text(encoding="utf-8").replace(before, after))
        write(root / f"profiles/thon-nam/ho-{MOVED}.yaml", profile(MOVED).replace(NORTH, SOUTH))
        assert build(root).code == 0
        assert build(root, "--out", "anew").code == 0
        sites = [{path.relative_to(root / name): path.read_bytes() for path in (root / name).rglob("*") if path.is_file()}
                 for name in ("site", "anew")]  # fmt: skip
        assert sites[0] == sites[1]
        assert json.loads((root / "site/data/codes.json").read_bytes())["closed"] == [NORTH, LEFT]
        assert vuonho("-C", root, "verify").code == 0


@each("what", ["a code more", "a name", "a code less", "another state", "no list", "a page of another list"])
def test_verify_holds_the_list_against_the_register(project: Path, what: str, tmp_path: Path) -> None:
    """Whatever the list says beyond the state of each code, or a page of it, is named."""
    root = twin(project, tmp_path / "dự án")
    file, page = root / "site/data/codes.json", root / f"site/{SOUTH}/index.html"
    told = json.loads(file.read_bytes())
    if what == "a code more":
        told["open"]["thon-nam"].append(NEVER)
    elif what == "a name":
        told["names"] = {SOUTH: "Vườn nhà Thử"}
    elif what == "a code less":
        told["closed"].clear()
    elif what == "another state":
        told["closed"].append(told["open"]["thon-bac"].pop())
    write(file, json.dumps(told))
    if what == "no list":
        file.unlink()
    if what == "a page of another list":
        file.write_bytes((project / "site/data/codes.json").read_bytes())
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub("<code>....", "<code>0000", text), encoding="utf-8")
    done = vuonho("-C", root, "verify")
    assert done.code == 1
    wanted = "cùng một sổ mã khác" if what == "a page of another list" else "Sổ mã trên trang không đúng"
    assert wanted in done.said


def test_no_village_takes_the_place_of_the_check(project: Path, tmp_path: Path) -> None:
    """A folder of that name is refused, with another name to give it."""
    write(tmp_path / "profiles/site.yaml", SITE)
    write(
        tmp_path / "profiles/kiem-ma/village.yaml",
        (project / "profiles/thon-nam/village.yaml").read_text(encoding="utf-8"),
    )
    done = build(tmp_path)
    assert (done.code, "kiem-ma" in done.said) == (1, True)
