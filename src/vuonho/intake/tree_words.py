"""What is said of a YAML file that holds what a non-programmer cannot have meant: (message, hint) pairs."""

from vuonho.bilingual import Text
from vuonho.domain.values import quoted, unseen_sign

_LONGEST = 40

TWO_DOCUMENTS = (
    Text("Tệp có hai phần cách nhau bằng dòng “---”.", "The file has two parts divided by a line “---”."),
    Text("Mỗi hộ một tệp: tách phần sau thành tệp riêng.", "One household a file: move the second part out."),
)
NOT_KEYS = (
    Text("Tệp không có các dòng dạng “tên mục: giá trị”.", "The file has no lines like “key: value”."),
    Text("Xem một hồ sơ mẫu và viết lại theo đó.", "Look at a sample profile and write it the same way."),
)
TOO_MUCH = (
    Text("Tệp lồng quá nhiều lớp hoặc quá dài.", "The file is nested too deeply or too long."),
    Text(
        "Một hồ sơ chỉ cần vài chục dòng; xem hồ sơ mẫu.", "A profile needs a few dozen lines; see a sample."
    ),
)
KEY_NOT_TEXT = (
    Text("Tên mục phải là một từ.", "A key must be one word."),
    Text("Viết dạng “tên mục: giá trị”.", "Write it as “key: value”."),
)
MERGE = (
    Text("Không dùng được “<<”.", "“<<” cannot be used."),
    Text("Chép đầy đủ các dòng vào chỗ này.", "Write the lines out in full here."),
)


def twice(key: str, line: int) -> tuple[Text, Text]:
    """Return what is said of a key that stands twice, first on `line`."""
    return (
        Text(
            f"Mục {quoted(key)} có hai lần (lần đầu ở dòng {line}).",
            f"{quoted(key)} stands twice (first on line {line}).",
        ),
        Text("Giữ một, xóa một.", "Keep one and delete the other."),
    )


def unseen(key: str) -> tuple[Text, Text] | None:
    """Return what is said of a key that holds a sign which nobody sees, or None."""
    found = unseen_sign(key)
    if found is None:
        return None
    sign, name = found
    code, start = f"U+{ord(sign):04X}", key.index(sign)
    shown = quoted(key[max(0, start - 15) : start + 15])
    return (
        Text(f"Trong tên mục {shown} có {name.vi} ({code}).", f"The key {shown} holds {name.en} ({code})."),
        Text("Xóa tên mục ấy rồi gõ lại bằng tay.", "Delete that key and type it again by hand."),
    )


def seen(key: str) -> str:
    """Return a key without the signs that nobody sees."""
    return "".join(sign for sign in key if unseen_sign(sign) is None)


def lost(word: str) -> tuple[Text, Text]:
    """Return what is said of text that YAML takes for a note."""
    return (
        Text(f"Từ {quoted(word)} trở đi bị coi là ghi chú, không được đọc.",
             f"From {quoted(word)} on the line counts as a note and is not read."),
        Text('Nếu là một phần của giá trị, đặt cả giá trị trong dấu nháy: "…".',
             'If it belongs to the value, put the whole value in quotes: "…".'),
    )  # fmt: skip


def _quote_it(what: str) -> Text:
    return Text(
        f'Nếu muốn viết chữ “{what}”, đặt cả giá trị trong dấu nháy thẳng: "…".',
        f'If you mean the text “{what}”, put the whole value in straight quotes: "…".',
    )


def alias(name: str) -> tuple[Text, Text]:
    """Return what is said of a value that begins with `*`."""
    sign = f"*{name[:_LONGEST]}"
    return Text(
        f"Giá trị không được bắt đầu bằng dấu * (“{sign}”).", f"A value cannot begin with * (“{sign}”)."
    ), _quote_it(sign)


def anchor(name: str) -> tuple[Text, Text]:
    """Return what is said of a value that begins with `&`."""
    sign = f"&{name[:_LONGEST]}"
    return Text(
        f"Giá trị không được bắt đầu bằng dấu & (“{sign}”).", f"A value cannot begin with & (“{sign}”)."
    ), _quote_it(sign)


def tag(name: str) -> tuple[Text, Text]:
    """Return what is said of a value that begins with `!`."""
    name = name.replace("tag:yaml.org,2002:", "!!")[:_LONGEST]
    return Text(
        f"Giá trị không được bắt đầu bằng dấu ! (“{name}”).", f"A value cannot begin with ! (“{name}”)."
    ), _quote_it(name)
