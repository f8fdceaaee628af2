"""The policy of every page, and that the page keeps to it."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from verify_kit import CODE, POLICY, SCRIPT, STYLE, build, hash_of, page, put

from case_kit import each
from vuonho.errors import Problem
from vuonho.verify.pages import page_problems
from vuonho.verify.tree import Page, read_tree

FILE = f"{CODE}/index.html"


def verify_pages(site: Path) -> tuple[Problem, ...]:
    return tuple(page_problems(read_tree(site)))


def faults(site: Path, content: str | bytes, file: str = FILE) -> list[tuple[str, str]]:
    put(build(site), [(file, content)])
    return [(problem.file, problem.field) for problem in verify_pages(site)]


def test_sound_site(tmp_path: Path) -> None:
    """Pages that keep to a strict policy have no problem."""
    assert verify_pages(build(tmp_path)) == ()


@each(
    ("content", "fault"),
    [
        (page().replace("Content-Security-Policy", "x"), "csp.missing"),
        (page("", f'<meta http-equiv="content-security-policy" content="{POLICY}">'), "csp.missing"),
        (page(policy=POLICY.replace("default-src 'none'; ", "")), "csp.default"),
        (page(policy=POLICY.replace("style-src", "style-src 'unsafe-inline'")), "csp.loose"),
        (page(policy=POLICY.replace("script-src", "script-src 'unsafe-eval'")), "csp.loose"),
        (page(policy=POLICY.replace("script-src", "script-src https://cdn.example")), "csp.loose"),
        (page(policy=POLICY.replace("script-src", "script-src *")), "csp.loose"),
        (page(policy=f"{POLICY}; connect-src https:"), "csp.loose"),
        (page(policy=f"{POLICY}; worker-src blob:"), "csp.loose"),
        (page("<script>alert(1)</script>"), "csp.hash"),
        (page("<script type=module>alert(1)</script>"), "csp.hash"),
        (page("<style>p{color:red}</style>"), "csp.hash"),
        (page('<p onclick="x()">'), "csp.onclick"),
        (page("<svg ONLOAD=x></svg>"), "csp.onload"),
        (page('<p style="color:red">'), "csp.style"),
        (page().replace(' lang="vi"', ""), "lang"),
        (b"<html lang=vi>\xff", "html"),
    ],
)
def test_flaw(tmp_path: Path, content: str | bytes, fault: str) -> None:
    """Each way a page can break its policy has its own name."""
    assert faults(tmp_path, content) == [(FILE, fault)]


def test_late_policy(tmp_path: Path) -> None:
    """A policy behind a script does not cover it."""
    content = page().replace('<meta charset="utf-8">', f"<script>{SCRIPT}</script>")
    assert faults(tmp_path, content) == [(FILE, "csp.late")]


@each(
    "script",
    ["document.cookie='a'", "navigator.sendBeacon('/x')", "indexedDB.open('x')", "cookieStore.set('a','b')"],
)
def test_traces(tmp_path: Path, script: str) -> None:
    """A script that keeps traces of visitors is named, in a page and in a file of its own."""
    content = page(
        f"<script>{script}</script>", policy=POLICY.replace("script-src", f"script-src {hash_of(script)}")
    )
    assert faults(tmp_path, content) == [(FILE, "tracking")]
    put(build(tmp_path), [("sw.js", script)])
    assert [problem.file for problem in verify_pages(tmp_path)] == ["sw.js"]


def test_own_worker(tmp_path: Path) -> None:
    """A page may run the site's own service worker, ask the site itself, and remember the chosen language."""
    script = "localStorage.language='en'; navigator.serviceWorker.register('sw.js');"
    policy = POLICY.replace("script-src", f"script-src {hash_of(script)}")
    content = page(f"<script>{script}</script>", policy=f"{policy}; worker-src 'self'; connect-src 'self'")
    put(build(tmp_path), [("sw.js", "const SITE={};")])
    assert faults(tmp_path, content) == []


@each("file", ["dem.js", "SW.js", "sw.mjs", "en/sw.js", "photos/x.js"])
def test_other_script(tmp_path: Path, file: str) -> None:
    """Only that one file, under that one name, may hold a script."""
    put(build(tmp_path), [(file, "let x = 1")])
    assert [(problem.file, problem.field) for problem in verify_pages(tmp_path)] == [(file, "script")]


def test_data_block(tmp_path: Path) -> None:
    """JSON-LD is data and needs no hash."""
    assert faults(tmp_path, page('<script type="application/ld+json">{"a":1}</script>')) == []


def test_other_hashes(tmp_path: Path) -> None:
    """Windows line ends in a style do not change its hash, as in a browser."""
    style = "a{}\nb{}"
    policy = POLICY.replace(hash_of(STYLE), f"{hash_of(STYLE)} {hash_of(style)}")
    assert faults(tmp_path, page("<style>a{}\r\nb{}</style>", policy=policy)) == []


@given(text=st.text(alphabet="<>!-[]/=\"' abhrefstyloncpi&#;\n", max_size=80))
def test_hostile_page(text: str) -> None:
    """No page, however torn, makes the reader raise."""
    assert Page(text.encode()).language in ("", *text.split(), text)


def test_notice() -> None:
    """A page kept from search engines, or one that sends on, is a notice."""
    moved = '<meta http-equiv="refresh" content="0; url=../1/">'
    texts = ("", '<meta name="robots" content="noindex">', moved)
    assert [Page(text.encode()).is_notice for text in texts] == [False, True, True]
