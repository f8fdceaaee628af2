"""What the name of a file tells: the site's own, nothing, a page, or something that must stay home."""

from pathlib import Path

from case_kit import each
from command_kit import files
from vuonho.model.hosting import counts_as_nothing, is_of_site, is_private, is_site, page_address


def test_every_file_of_a_built_site_is_known(built_demo: Path) -> None:
    """Otherwise it could not be published; and none of them looks private."""
    built = [name for name in files(built_demo / "site") if name != ".gitignore"]
    assert [name for name in built if not is_of_site(name) or is_private(name)] == []
    assert is_site(frozenset(built))


def test_no_file_of_a_project_is_taken_for_one_of_the_site(built_demo: Path) -> None:
    """Profiles, originals and registers look private, wherever their folder was put."""
    own = [name for name in files(built_demo) if name.startswith(("profiles/", ".vuonho/"))]
    assert [name for name in own if is_of_site(name) or not is_private(name)] == []
    within = [
        name.removeprefix("profiles/") for name in own if name.endswith((".yaml", ".csv", ".jpg", ".png"))
    ]
    assert [name for name in within if not is_private(name)] == []


@each("name", ["README.md", "LICENSE", "licence.txt", ".gitignore", ".gitattributes", "CNAME", ".nojekyll"])
def test_what_counts_as_nothing(name: str) -> None:
    """At the top, and only there."""
    assert counts_as_nothing(name)
    assert not counts_as_nothing(f"x/{name}")
    assert not is_private(name)


@each(
    "name",
    ["assets/x.css", "x/y/index.html", "photos/x.jpg", "qr/x.png", "index.htm", "Index.html", "data/phones.csv", "CODES.CSV",
     "en/x/print/x.html", "photos/0123456789abcdef-640.webp\n", "sitemap-x.xml"],
)  # fmt: skip
def test_what_is_none_of_the_site(name: str) -> None:
    """Nearly is not enough."""
    assert not is_of_site(name)


def test_pages_have_addresses() -> None:
    """Those that people open; the page for mistyped addresses and the one without a signal have none."""
    names = (
        "index.html", "482135/index.html", "en/x/print/index.html", "x.html", "404.html", "offline.html",
        "qr/1.svg",
    )  # fmt: skip
    assert [page_address(name) for name in names] == [
        "", "482135/", "en/x/print/", "x.html", None, None, None,
    ]  # fmt: skip
