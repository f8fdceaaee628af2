"""The service worker's file: what it is told of the site, and when it is a new version."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.pages.feeds import service_worker

SHELL = (("index.html", b"a"), ("en/index.html", b"b"), ("icon.svg", b"c"), ("offline.html", b"d"))
FOLDERS = ("en", "thon-vuon-mau", "photos", "482135")
GONE = ("643479",)
SCRIPT = "// what it does\nself.x = SITE;\n"


def site(content: bytes) -> dict[str, list[str]]:
    """What the first line says."""
    header = re.fullmatch(r"const SITE=(\{.*\});", content.decode("ascii").split("\n")[0])
    assert header is not None
    return json.loads(header[1])  # type: ignore[no-any-return]


def version(script: str = SCRIPT, shell: object = SHELL, shown: object = GONE) -> object:
    content = service_worker(script, shell, FOLDERS, shown).content  # type: ignore[arg-type]
    return site(content)["version"]


def test_the_worker_knows_its_site() -> None:
    """Addresses as browsers ask for them, folders without codes, and the script as it is."""
    made = service_worker(SCRIPT, SHELL, FOLDERS, GONE)
    assert made.path == "sw.js"
    assert made.content.decode().split("\n", 1)[1] == SCRIPT
    told = site(made.content)
    assert told["files"] == ["en/", "icon.svg", "", "offline.html"]
    assert told["folders"] == ["en", "photos", "thon-vuon-mau"]


def test_order_does_not_matter() -> None:
    """The same files in another order are the same worker."""
    one = service_worker(SCRIPT, SHELL, FOLDERS, ("643479", "158589"))
    other = service_worker(SCRIPT, reversed(SHELL), reversed((*FOLDERS, "en")), ("158589", "643479"))
    assert one == other


@each(
    "change",
    [
        {"script": SCRIPT + "x"},
        {"shell": (("index.html", b"A"), *SHELL[1:])},
        {"shell": SHELL[1:]},
        {"shell": (("Index.html", b"a"), *SHELL[1:])},
        {"shell": (("index.html", b"ab"), ("en/index.html", b""), *SHELL[2:])},
        {"shown": (*GONE, "158589")},
        {"shown": ()},
    ],
)
def test_the_version_changes_with_the_contents(change: dict[str, object]) -> None:
    """With any byte of the shell, with the script, and when a family left; never by itself."""
    assert version() == version()
    assert version() != version(**change)  # type: ignore[arg-type]


def test_another_worker_is_another_version() -> None:
    """A new village too, so that no two workers share a shell."""
    more = service_worker(SCRIPT, SHELL, (*FOLDERS, "thon-moi"), GONE).content
    assert version() != site(more)["version"]
    household = service_worker(SCRIPT, SHELL, (*FOLDERS, "158589"), GONE).content
    assert version() == site(household)["version"]


@given(st.text(min_size=1))
def test_no_name_breaks_out_of_the_first_line(name: str) -> None:
    """Quotes, line ends, also those of old JavaScript, and markup stay within their string."""
    name = name.encode("utf-8", "replace").decode()
    content = service_worker(SCRIPT, [(name, b"")], [name], [name]).content
    assert content.decode("ascii").split("\n", 1)[1] == SCRIPT
    told = site(content)
    assert not re.search(r"[\"'\\<>?#\s]", told["files"][0])
    assert told["folders"] in ([name], [])
