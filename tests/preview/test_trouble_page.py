"""The page in place of a site: all that is wrong, in words, and nothing that acts."""

from lxml import html

from case_kit import each
from vuonho.errors import Problem, Severity
from vuonho.i18n import NOTHING, Both
from vuonho.pages.reports import TroublePage, Wrong, render_trouble
from vuonho.resources import shipped

EVIL = "<script>alert(1)</script>&\"'{{ 7 * 7 }}"
ERROR = Problem("garden.area", Both(f"Sai {EVIL}", f"Wrong {EVIL}"), Both(f"Sửa {EVIL}", f"Fix {EVIL}"), file=f"profiles/x/{EVIL}.yaml", line=7, column=3)  # fmt: skip
FIELD = Both(f"Diện tích {EVIL}", f"Area {EVIL}")
NOTE = Problem("", Both("Nhắc", "Mind"), NOTHING, Severity.WARNING, file="profiles/y.yaml")


def page(*problems: Problem, language: str = "vi", reloads: bool = True) -> str:
    wrongs = [Wrong(one, FIELD) for one in problems]
    made = render_trouble(wrongs, TroublePage(language, reloads, explains=True), shipped("templates"))
    return made.decode("utf-8")


@each(
    ("language", "words"),
    [("vi", ("Chưa dựng được trang", "Có 1 lỗi cần sửa.", "dòng 7", f"Sai {EVIL}", f"Sửa {EVIL}", "Lưu ý", "Nhắc")),
     ("en", ("The site could not be built", "1 error to fix.", "line 7", f"Wrong {EVIL}", f"Fix {EVIL}", "Note"))],
)  # fmt: skip
def test_everything_is_said_and_nothing_acts(language: str, words: tuple[str, ...]) -> None:
    """File, line, field, what and what to do, errors first; whatever a profile holds is text."""
    tree = html.fromstring(page(NOTE, ERROR, language=language))
    said = " ".join(tree.text_content().split())
    wanted = (*words, ERROR.file, FIELD.to(language))
    assert [word for word in wanted if " ".join(word.split()) not in said] == []
    assert said.index(ERROR.file) < said.index(NOTE.file)
    assert tree.xpath("//script | //*[@onclick] | //a | //img") == []
    assert language == tree.get("lang")
    assert "default-src 'none'; style-src 'sha256-" in tree.xpath("//meta[@http-equiv]/@content")[0]


def test_of_a_thousand_problems_a_hundred_are_shown() -> None:
    """The page stays one that a phone can show; half a letter is shown as what it is, a fault."""
    odd = Problem("", Both("Sai", "Wrong"), NOTHING, file="\ud800.yaml", line=1, column=1)
    made = page(*[odd] * 1000, reloads=False)
    assert (made.count('class="error"'), made.count("Còn 900 chỗ nữa.")) == (100, 1)
    assert "Có 1000 lỗi cần sửa. Sửa xong, lưu tệp, rồi tải lại trang." in made
