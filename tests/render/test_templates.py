"""Templates: a project's own win, and their faults end in words."""

import pickle
from pathlib import Path

import pytest
from households_kit import EMPTIEST, LANGUAGES, SITE, TEMPLATES, VILLAGE, pages

from case_kit import each
from vuonho.errors import VuonhoError
from vuonho.i18n import Both
from vuonho.pages.site import Pages
from vuonho.pages.templates import Templates, check_templates, page_assets, squeeze_js


def test_projects_own_template_wins(tmp_path: Path) -> None:
    """A file of the same name in the project's folder replaces the shipped one."""
    (tmp_path / "notice.html").write_text("của làng", encoding="utf-8")
    assert Templates((tmp_path, TEMPLATES)).render("notice.html", {}) == "của làng"


@each(
    ("text", "line"),
    [
        ("một\nhai\n{% if %}", 3),
        ("một\n{{ không_có }}", 2),
        ("một\n{{ h.nothing }}", 2),
        ("{{ 1 / 0 }}", 1),
        ("{{ h.name + 3 }}", 1),
        ("\n{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 2),
        ("\n{{ ''.join.__self__.nothing.more }}", 2),
        ("\n{{ [1]|map('nonsuch')|list }}", 2),
        ("\n{{ range(9 ** 30)|list }}", 2),
        ("\n{{ 'x' * 9 ** 20 }}", 2),
        ("\n\n{% endblock %}", 3),
    ],
)
def test_fault_names_file_and_line(tmp_path: Path, text: str, line: int) -> None:
    """A slip in a project's own template says where it is, in both languages."""
    (tmp_path / "household.html").write_text(text, encoding="utf-8")
    with pytest.raises(VuonhoError, match=rf"household\.html, line {line}:") as caught:
        pages(folders=(tmp_path,)).of_household(EMPTIEST, VILLAGE, {})
    assert f"household.html, dòng {line} " in caught.value.message.vi


def test_half_a_letter_is_a_fault(tmp_path: Path) -> None:
    """What cannot be written into a file is told before it is, with the template's name."""
    (tmp_path / "notice.html").write_text(r"{{ '\ud800' }}", encoding="utf-8")
    with pytest.raises(VuonhoError, match=r"notice\.html: .*surrogates"):
        Templates((tmp_path, TEMPLATES)).render("notice.html", {})


def test_any_error_of_a_template_is_put_in_words(tmp_path: Path) -> None:
    """Whatever a value does when it is shown; an error in words of our own is left as it is."""

    def fail(error: Exception) -> None:
        raise error

    (tmp_path / "notice.html").write_text("\n{{ fail(error) }}", encoding="utf-8")
    templates = Templates((tmp_path, TEMPLATES))
    for error in (RuntimeError("a\nb"), OverflowError(), EOFError(), AssertionError()):
        with pytest.raises(VuonhoError, match=r"notice\.html, line 2: ") as caught:
            templates.render("notice.html", {"fail": fail, "error": error})
        detail = str(error).replace("\n", " ") or type(error).__name__
        assert caught.value.message.vi == f"Mẫu trang templates/notice.html, dòng 2 có lỗi ({detail})."
        again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
        assert again.message == caught.value.message
    ours = VuonhoError(Both("của mình", "ours"))
    with pytest.raises(VuonhoError, match=r"^ours$"):
        templates.render("notice.html", {"fail": fail, "error": ours})


def test_fault_in_a_partial_names_the_partial(tmp_path: Path) -> None:
    """The innermost file is the one to fix."""
    (tmp_path / "_now.html").write_text(
        "{% macro now(ripe) %}\n{{ ripe.nothing.more }}{% endmacro %}", encoding="utf-8"
    )
    with pytest.raises(VuonhoError, match=r"_now\.html, line 2"):
        pages(folders=(tmp_path,)).of_household(EMPTIEST, VILLAGE, {})


def test_missing_template_is_named(tmp_path: Path) -> None:
    """A folder without the templates says which is missed."""
    with pytest.raises(VuonhoError, match=r"_style\.css"):
        page_assets(Templates((tmp_path,)), "notice.html")


def test_template_in_another_encoding_is_named(tmp_path: Path) -> None:
    """A file saved by an old editor is refused by name."""
    (tmp_path / "notice.html").write_bytes("Vườn".encode("utf-16"))
    with pytest.raises(VuonhoError, match=r"notice\.html"):
        Templates((tmp_path, TEMPLATES)).render("notice.html", {})


@pytest.mark.parametrize("name", ["_style.css", "_page.js"])
def test_style_cannot_end_its_element(tmp_path: Path, name: str) -> None:
    """A style sheet or script with "</" in it would break the page and its hash."""
    (tmp_path / name).write_text("a{}</style>", encoding="utf-8")
    with pytest.raises(VuonhoError, match=name.replace(".", r"\.")):
        page_assets(Templates((tmp_path, TEMPLATES)), "notice.html")


def test_a_script_keeps_its_lines_and_loses_its_comments() -> None:
    """What stands in a page is the script without comment lines, indents, blank lines and most spaces; code stays."""
    script = "// một\n(function () {\n  // hai\n  var a = 'http://b'; // ba\n  var b = \"x = y\", c = 1 + -1;\n\n  /* bốn\n     năm */\n  return a\n})()\n"
    assert (
        squeeze_js(script)
        == "(function(){\nvar a = 'http://b'; // ba\nvar b=\"x = y\",c=1 + -1;\nreturn a\n})()"
    )


def test_page_words_for_every_language_are_needed() -> None:
    """A language of the site without a catalogue is named with the way out."""
    with pytest.raises(VuonhoError, match="“en”"):
        Pages(SITE, (TEMPLATES,), {"vi": LANGUAGES["vi"]})


def test_own_files_are_looked_at_before_a_page_is_made(tmp_path: Path) -> None:
    """What changes a shipped file is judged, whatever page it is for; a copy and a file of no page are not."""
    for name in ("household.html", "notice.html", "_list.css"):
        (tmp_path / name).write_bytes((TEMPLATES / name).read_bytes())
    (tmp_path / "nobody.html").write_text("{% if %}", encoding="utf-8")
    assert check_templates(tmp_path, TEMPLATES) == ()
    (tmp_path / "notice.html").write_text("một\n{% if %}", encoding="utf-8")
    (tmp_path / "_list.css").write_text("</style>", encoding="utf-8")
    assert [(problem.file, problem.line) for problem in check_templates(tmp_path, TEMPLATES)] == [
        ("templates/_list.css", 1), ("templates/notice.html", 2),
    ]  # fmt: skip


def test_a_page_is_judged_with_all_that_it_is_made_of(tmp_path: Path) -> None:
    """A part of a page that is sound by itself; the page that asks for what is not there."""
    (tmp_path / "notice.html").write_text("{% include '_nothing.html' %}", encoding="utf-8")
    (problem,) = check_templates(tmp_path, TEMPLATES)
    assert "_nothing.html" in problem.message.vi


def test_the_shipped_folder_itself_is_looked_at(tmp_path: Path) -> None:
    """Where a project's folder is the shipped one, as in this repository, its files are no copies."""
    (tmp_path / "notice.html").write_text("{% if %}", encoding="utf-8")
    assert len(check_templates(tmp_path, tmp_path)) == 1
