"""The reader of what the phone form sends: whole files, spoilt ones, and those that somebody made up."""

from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from form_kit import HEAD, JPEG, form_file, picture
from vuonho.forms.form_file import LARGEST, read_form
from vuonho.forms.incoming import Incoming, Place
from work_kit import calls

FILE = "nhận/vuonho.txt"
WHOLE = form_file()
PLAIN = WHOLE.decode()
NAME = "ho-1-anh-1.jpg"


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


def test_households_come_as_typed() -> None:
    """In the shape of a profile, each value a text, with its village, its line and its photo."""
    first, second = households(WHOLE)
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
    lines = PLAIN.split("\n")
    assert first.place(("garden", "crops", 0, "name")) == Place(
        FILE, 1 + lines.index('      - name: "Bưởi \\u2028 #1"'), whose="Vườn bà Hường"
    )
    assert second.place(()) == Place(FILE, 1 + lines.index('- name: "Vườn ông Đức"'), whose="Vườn ông Đức")
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
        WHOLE + b"\n\r\n  \n",
        b"\n\n" + WHOLE,
        WHOLE.rstrip(),
    ],
)
def test_what_a_mail_program_does_is_no_harm(content: bytes) -> None:
    """Line ends, byte order marks, UTF-16, and blank lines round the whole."""
    assert [one.values for one in households(content)] == [one.values for one in households(WHOLE)]
    assert households(content)[0].photos[0].content == JPEG


def test_decomposed_letters_are_composed() -> None:
    """As everywhere: NFC."""
    import unicodedata  # noqa: PLC0415 - only here

    assert households(unicodedata.normalize("NFD", PLAIN).encode())[0].name == "Vườn bà Hường"


def test_no_photo_is_fine() -> None:
    """A household may come without, and an entry may be the file's name alone."""
    head = HEAD.replace(
        '  photos:\n    - file: "ho-1-anh-1.jpg"\n      caption: "Cổng nhà"\n      people: "false"\n', ""
    )
    assert households(form_file(head, ""))[0].photos == ()
    lone = head.replace("  location: {}\n", f"  location: {{}}\n  photos: [{NAME}]\n", 1)
    assert households(form_file(lone))[0].photos[0].name == NAME


def test_what_is_empty_is_not_spoken_of() -> None:
    """Without a base nothing is taken away: an empty value says nothing at all."""
    head = HEAD.replace('    area: "1800 m2"\n', "    area:\n    irrigation: ~\n")
    assert "area" not in households(form_file(head))[0].values["garden"]  # type: ignore[operator]


def test_unknown_keys_stay_for_the_schema_to_name() -> None:
    """With their line."""
    (first, _) = households(
        form_file(HEAD.replace("  location: {}\n", '  phone_number: "0570"\n  location: {}\n', 1))
    )
    assert first.values["phone_number"] == "0570"
    assert first.place(("phone_number",)).line == 13


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
        (b"<!doctype html><html><body>Xin chao</body></html>", "không phải tệp của phiếu"),
        ("Chị ơi em gửi chị danh sách hộ nhé\n1. Bà Hường\n".encode(), "không phải tệp của phiếu"),
        ('code: "482135"\nname: Vườn\n'.encode(), "không phải tệp của phiếu"),
        ("Vườn bà Hường".encode("cp1258", "ignore") * 9, "không lưu bằng UTF-8"),
        (b"x" * (LARGEST + 1), "tối đa 60 MB"),
    ],
)  # fmt: skip
def test_another_file_is_named_as_what_it_is(content: bytes, said: str) -> None:
    """A photo, a renamed workbook, a chat, a profile, an old encoding, far too much."""
    assert said in refusal(content)[1]


@each(
    ("old", "new", "line", "said"),
    [
        ("vuonho_form: 1", "vuonho_form: 2", 1, "bản khác"),
        ("made:", "ngày:", 3, "không có mục “ngày”"),
        ("made:", "vuonho_form:", 3, "hai lần"),
        ('village: "thon-vuon-mau"', "village: [a, b]", 5, "một giá trị"),
        ('- name: "Vườn ông Đức"\n  consent: {}\n  location: {}\n  garden: {}\n  checked: "2026-11-25"\n', "- Vườn ông Đức\n", 24, "cần một hộ"),
        ('    area: "1800 m2"', "    area: *a", 15, "*a"),
        ('    area: "1800 m2"', "    area: !!python/object:os.system x", 15, "!"),
        ("  location: {}\n  garden:\n", "  location: {\n  garden:\n", None, ""),
        ('file: "ho-1-anh-1.jpg"', 'file: "../../codes.csv"', 20, "../../codes.csv"),
        ('file: "ho-1-anh-1.jpg"', 'file: "C:\\\\x.jpg"', 20, "C:"),
        ('file: "ho-1-anh-1.jpg"', 'file: "ho-1-anh-2.jpg"', 20, "Thiếu ảnh ho-1-anh-2.jpg"),
        ('people: "false"\n', f'people: "false"\n    - file: "{NAME}"\n', 23, "hai lần"),
    ],
)  # fmt: skip
def test_a_changed_head_is_refused_with_its_line(old: str, new: str, line: int | None, said: str) -> None:
    """Another version, keys that the form does not write, machinery of YAML, paths, photos that are not there."""
    assert old in HEAD
    found, message = refusal(form_file(HEAD.replace(old, new, 1)))
    assert said in message
    assert line is None or found == line


@each(
    ("pictures", "said"),
    [
        (picture(NAME, size=5), "bị hỏng trên đường"),
        (picture(NAME).replace("      /", "      =", 1), "bị hỏng trên đường"),
        (picture(NAME).replace("      /", "      *", 1), "hỏng từ dòng này"),
        (picture(NAME) + picture(NAME), "hai lần"),
        (picture(NAME) + picture("con.jpg"), "con.jpg"),
        (picture(NAME) + picture("COM1.JPG"), "COM1.JPG"),
        (picture(NAME) + picture("..%2f..%2fx.jpg"), "..%2f"),
        (picture(NAME) + picture("a/b.jpg"), "a/b.jpg"),
        (picture(NAME) + picture("a\\b.jpg"), "a\\b.jpg"),
        (picture(NAME) + picture("ho-9-anh-9.jpg"), "không thuộc hộ nào"),
        (picture(NAME, size=10_000_001), "quá 10 MB"),
        (picture(NAME) + "  chữ lạ\n", "hỏng từ dòng này"),
        (picture(NAME, b""), "bị hỏng trên đường"),
        ("", "Thiếu ảnh"),
    ],
)
def test_spoilt_pictures_are_refused_by_name(pictures: str, said: str) -> None:
    """Other sizes, letters that are no base64, twice, names of paths and devices, nobody's photos."""
    found, problems = read_form(form_file(pictures=pictures), FILE)
    assert found == ()
    assert any(said in problem.message.vi for problem in problems)
    assert all(problem.line for problem in problems)


def test_too_many_households_are_too_many() -> None:
    """A hundred a file."""
    head = HEAD.partition("- name")[0] + '- name: "x"\n' * 101
    assert "tối đa 100" in refusal(form_file(head, ""))[1]


def test_a_day_of_photos_is_read_whole() -> None:
    """40 MB; a photo is taken as it stands, so that one of a hundred times the bytes is no more work but its decoding."""

    def day_of(content: bytes) -> bytes:
        heads, pictures = [HEAD.partition("- name")[0]], []
        for number in range(12):
            heads.append(f'- name: "Nhà {number} 🌿"\n  photos:\n')
            for at in range(6):
                heads.append(f'    - file: "ho-{number}-anh-{at}.jpg"\n')
                pictures.append(picture(f"ho-{number}-anh-{at}.jpg", content))
        return form_file("".join(heads), "".join(pictures))

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
