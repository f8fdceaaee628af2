"""The reader of what the phone form sends: whole files, spoilt ones, and those that somebody made up."""

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from form_kit import HEAD, JPEG, form_file, picture
from vuonho.forms.form_file import LARGEST, read_form
from vuonho.forms.incoming import Incoming, Place
from vuonho.project.yaml_tree import parse_tree, plain
from work_kit import calls

FILE = "nhận/vuonho.txt"
WHOLE = form_file()
PLAIN = WHOLE.decode()
NAME = "ho-1-anh-1.jpg"


def as_json(head: str) -> str:
    """Return a head as the form writes it today, with JSON for its values."""
    tree, _ = parse_tree(head, "")
    values = plain(tree) if tree else {}
    assert isinstance(values, dict)
    homes = json.dumps(values.pop("households"), ensure_ascii=True, indent=1)
    lines = [f"{key}: {json.dumps(value)}" for key, value in values.items() if key != "vuonho_form"]
    return "\n".join(["vuonho_form: 1", *lines, f"households: {homes}\n"])


def households(content: bytes) -> tuple[Incoming, ...]:
    """Read a file that must be right."""
    found, problems = read_form(content, FILE)
    assert problems == ()
    return found


def refusal(content: bytes) -> tuple[int | None, str]:
    """Read a file that must be refused: (line, Vietnamese message) of what is said first, with a way out."""
    found, problems = read_form(content, FILE)
    assert (found, {problem.file for problem in problems}) == ((), {FILE})
    assert all(problem.hint.vi and problem.hint.en and problem.message.en for problem in problems)
    return problems[0].line, problems[0].message.vi


@each("head", [HEAD, as_json(HEAD)])
def test_households_come_as_typed(head: str) -> None:
    """In the shape of a profile, each value a text, with its village, its line and its photo; also out of older forms."""
    first, second = households(form_file(head))
    assert first.values == {
        "name": "Vườn bà Hường",
        "consent": {"given": "2026-11-25", "by": "Nguyễn Thị Hường", "how": "form", "publish": ["phone"]},
        "location": {},
        "garden": {"area": "1800 m2", "crops": [{"name": "Bưởi \u2028 #1", "months": ["8", "9"]}]},
        "photos": [{"file": NAME, "caption": "Cổng nhà", "people": "false"}],
        "checked": "2026-11-25",
    }
    assert (first.village, second.village, first.base) == ("thon-vuon-mau", "thon-vuon-mau", None)
    assert (second.name, second.values["consent"]) == ("Vườn ông Đức", {})
    lines = form_file(head).decode().split("\n")
    (line,) = (number for number, line in enumerate(lines, 1) if "1800 m2" in line)
    assert first.place(("garden", "area")) == Place(FILE, line, whose="Vườn bà Hường")
    assert second.place(()).whose == "Vườn ông Đức"
    (photo,) = first.photos
    assert (photo.name, photo.content) == (NAME, JPEG)
    assert photo.place == Place(FILE, 1 + lines.index(f"  {NAME}:"))


@each(
    "content",
    [
        PLAIN.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + WHOLE,
        PLAIN.encode("utf-16"),
        PLAIN.replace("\n", "\r\n").encode("utf-16"),
        b"\n\n" + WHOLE + b"\n\r\n  \n",
        WHOLE.rstrip(),
        unicodedata.normalize("NFD", PLAIN).encode(),
    ],
)
def test_what_a_mail_program_does_is_no_harm(content: bytes) -> None:
    """Line ends, byte order marks, UTF-16, blank lines round the whole, letters taken apart."""
    assert [one.values for one in households(content)] == [one.values for one in households(WHOLE)]
    assert households(content)[0].photos[0].content == JPEG


def test_what_a_household_need_not_say() -> None:
    """No photo, a photo as the name of its file alone, what is empty; unknown keys stay for the schema to name."""
    entry = '  photos:\n    - file: "ho-1-anh-1.jpg"\n      caption: "Cổng nhà"\n      people: "false"\n'
    head = HEAD.replace(entry, "").replace('    area: "1800 m2"\n', "    area:\n    irrigation: ~\n")
    (first, _) = households(form_file(head, ""))
    assert (first.photos, list(first.values["garden"])) == ((), ["crops"])  # type: ignore[arg-type]
    more = f'  photos: [{NAME}]\n  phone_number: "0570"\n  location: {{}}\n'
    (first, _) = households(form_file(head.replace("  location: {}\n", more, 1)))
    assert ([photo.name for photo in first.photos], first.values["phone_number"]) == ([NAME], "0570")
    assert first.place(("phone_number",)).line == 14


@each("end", range(200, len(WHOLE) - 1, 97))
def test_a_file_cut_short_is_noticed(end: int) -> None:
    """Wherever the signal broke off."""
    assert "cắt cụt" in refusal(WHOLE[:end])[1]


@each(
    ("content", "said"),
    [
        (b"", "không phải tệp của phiếu"),
        (JPEG, "ảnh JPEG"),
        (b"PK\x03\x04" + b"\0" * 40 + b"xl/workbook.xml", "tệp Excel"),
        ("Chị ơi em gửi chị danh sách hộ nhé\n1. Bà Hường\n".encode(), "không phải tệp của phiếu"),
        ("Vườn bà Hường".encode("cp1258", "ignore") * 9, "không lưu bằng UTF-8"),
        (b"x" * (LARGEST + 1), "tối đa 60 MB"),
        (form_file(HEAD.partition("- name")[0] + '- name: "x"\n' * 101, ""), "tối đa 100"),
    ],
)
def test_another_file_is_named_as_what_it_is(content: bytes, said: str) -> None:
    """Nothing, a photo, a renamed workbook, a chat, an old encoding, far too much."""
    assert said in refusal(content)[1]


@each(
    ("old", "new", "line", "said"),
    [
        ("vuonho_form: 1", "vuonho_form: 2", 1, "bản khác"),
        ("made:", "vuonho_form:", 3, "hai lần"),
        ('- name: "Vườn ông Đức"\n  consent: {}\n  location: {}\n  garden: {}\n  checked: "2026-11-25"\n', "- Vườn ông Đức\n", 24, "cần một hộ"),
        ('    area: "1800 m2"', "    area: *a", 15, "*a"),
        ('    area: "1800 m2"', "    area: !!python/object:os.system x", 15, "!"),
        ("  location: {}\n  garden:\n", "  location: {\n  garden:\n", None, ""),
        ('file: "ho-1-anh-1.jpg"', 'file: "../../codes.csv"', 20, "Thiếu ảnh “../../codes.csv”"),
        ('file: "ho-1-anh-1.jpg"', 'file: "ho-1-anh-2.jpg"', 20, "Thiếu ảnh “ho-1-anh-2.jpg”"),
    ],
)  # fmt: skip
def test_a_changed_head_is_refused_with_its_line(old: str, new: str, line: int | None, said: str) -> None:
    """Another version, machinery of YAML, paths, photos that are not there."""
    assert old in HEAD
    found, message = refusal(form_file(HEAD.replace(old, new, 1)))
    assert said in message
    assert line is None or found == line


@each(
    ("pictures", "said"),
    [
        (picture(NAME, size=5), "“ho-1-anh-1.jpg” bị hỏng"),
        (picture(NAME).replace("      /", "      =", 1), "“ho-1-anh-1.jpg” bị hỏng"),
        (picture(NAME) + picture(NAME), "“ho-1-anh-1.jpg” bị hỏng"),
        (picture(NAME) + picture("con.jpg"), "“con.jpg” bị hỏng"),
        (picture(NAME) + picture("COM1.JPG"), "“COM1.JPG” bị hỏng"),
        (picture(NAME) + picture("a/b.jpg"), "“a/b.jpg” bị hỏng"),
        (picture(NAME, size=10_000_001), "“ho-1-anh-1.jpg” bị hỏng"),
        (picture(NAME, b""), "“ho-1-anh-1.jpg” bị hỏng"),
        (picture(NAME).replace("      /", "      *", 1), "Phần ảnh trong tệp bị hỏng"),
        (picture(NAME) + "  chữ lạ\n", "Phần ảnh trong tệp bị hỏng"),
        ("", "Thiếu ảnh “ho-1-anh-1.jpg”"),
    ],
)
def test_spoilt_pictures_are_refused_by_name(pictures: str, said: str) -> None:
    """Other sizes, letters that are no base64, twice, names of paths and devices; what is damaged is not missing too."""
    found, problems = read_form(form_file(pictures=pictures), FILE)
    assert (found, [bool(problem.line) for problem in problems]) == ((), [True])
    assert said in problems[0].message.vi


def test_a_day_of_photos_is_read_whole() -> None:
    """40 MB; a photo is taken as it stands, so that one of a hundred times the bytes is no more work but its decoding."""

    def day_of(content: bytes) -> bytes:
        names = [[f"ho-{number}-anh-{at}.jpg" for at in range(6)] for number in range(12)]
        homes = [{"name": "Nhà 🌿", "photos": [{"file": name} for name in some]} for some in names]
        head = f"vuonho_form: 1\nhouseholds: {json.dumps(homes, ensure_ascii=False)}\n"
        return form_file(head, "".join(picture(name, content) for some in names for name in some))

    whole, small = day_of(JPEG + bytes(415_000)), day_of(JPEG + bytes(4_150))
    assert len(whole) > 40e6
    assert {len(one.photos) for one in households(whole)} == {6}
    assert calls(households, whole) < 2 * calls(households, small)


@given(st.binary(max_size=300), st.integers(0, len(WHOLE)), st.integers(0, 60))
def test_no_bytes_at_any_place_stop_the_reader(junk: bytes, at: int, dropped: int) -> None:
    """Anything in the middle of a file gives households or problems, never an exception."""
    for content in (WHOLE[:at] + junk + WHOLE[at + dropped :], junk):
        found, problems = read_form(content, FILE)
        assert bool(found) != any(problem.severity == "error" for problem in problems)
