"""`vuonho templates`: what a project may change, and a copy of it that then wins."""

from pathlib import Path

from command_kit import SLUG, build, vuonho


def test_a_copy_wins(demo: Path) -> None:
    """Each name that is listed can be copied; the copy changes nothing until it is changed, and is never overwritten."""
    names = vuonho("-C", demo, "templates").out.split()
    assert {"household.html", "_style.css", "icons/leaf.svg", "languages/vi.yaml"} <= set(names)
    assert vuonho("-C", demo, "templates", "--copy", "notice.html").code == 0
    assert " 0 tệp mới" in build(demo).said
    own = demo / "templates/notice.html"
    own.write_text(own.read_text(encoding="utf-8").replace("<h1", "<h1 data-own", 1), encoding="utf-8")
    assert build(demo).code == 0
    assert any("data-own" in page.read_text(encoding="utf-8") for page in demo.glob("site/[0-9]*/index.html"))
    again = vuonho("-C", demo, "templates", "--copy", "notice.html", "--lang", "en")
    assert (again.code, "already" in again.err) == (1, True)
    assert "data-own" in own.read_text(encoding="utf-8")


def test_a_name_that_none_has(demo: Path) -> None:
    """The nearest is named; nothing outside the templates can be copied."""
    wrong = vuonho("-C", demo, "templates", "--copy", "houshold.html", "--lang", "en")
    assert (wrong.code, "household.html?" in wrong.err) == (1, True)
    assert vuonho("-C", demo, "templates", "--copy", f"../profiles/{SLUG}/village.yaml").code == 1
