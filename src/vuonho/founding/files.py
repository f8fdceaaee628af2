"""The first files of a project: settings with notes, and an example household that is read by nobody but people."""

from collections.abc import Mapping
from datetime import date

from vuonho.bilingual import Text
from vuonho.domain.schema.outline import household_fields, site_fields, village_fields
from vuonho.handbook import SITE_SCHEMA, VILLAGE_SCHEMA, editor_line
from vuonho.intake.profiletext.commented import render_commented, take_examples
from vuonho.intake.tree import Plain

EXAMPLE_FILE = "ho-mau.txt"
"""No profile: its end is .txt, so that it is never published, and opens by itself on any computer."""


def render_site(chosen: Mapping[str, Text], language: str) -> bytes:
    """Return `site.yaml` with the answers by their questions' names; English stands where it is known."""
    team = {"name": chosen["team"].vi, "phone": chosen["phone"].vi, "hours": chosen["hours"].vi or None}
    values: dict[str, Plain] = {
        "base_url": chosen["base-url"].vi,
        "province": chosen["province"].vi,
        "title": _local(chosen["title"]),
        "languages": ["vi", "en"],
        "purpose": _local(chosen["purpose"]),
        "team": {key: value for key, value in team.items() if value},
    }
    head = [*_said(_SITE, language), editor_line(SITE_SCHEMA, up="")]
    return render_commented(site_fields(), values, language, head).encode("utf-8")


def render_village(chosen: Mapping[str, Text], language: str) -> bytes:
    """Return `village.yaml` with the answers by their questions' names."""
    values: dict[str, Plain] = {
        "name": chosen["village"].vi,
        "kind": chosen["kind"].vi or None,
        "commune": chosen["commune"].vi,
        "centre": chosen["centre"].vi,
    }
    head = [*_said(_VILLAGE, language), editor_line(VILLAGE_SCHEMA, up="../")]
    return render_commented(village_fields(), values, language, head).encode("utf-8")


def render_example(today: date, language: str) -> bytes:
    """Return a household filled in with the schema's examples, for Windows: with a mark, lines ending in CR LF."""
    values: dict[str, Plain] = {"name": "Vườn bà Hường", "checked": today.isoformat()}
    text = render_commented(household_fields(), values, language, _said(_EXAMPLE, language))
    return take_examples(text).replace("\n", "\r\n").encode("utf-8-sig")


def _local(text: Text) -> Plain:
    return {"vi": text.vi, "en": text.en} if text.en else text.vi


def _said(head: tuple[Text, ...], language: str) -> list[str]:
    return [line.to(language) for line in head]


def _edit(key: str) -> Text:
    """Return how notes and examples are told apart; `key` is an example in the file."""
    return Text(
        f"Dòng bắt đầu bằng “# ” là lời chỉ dẫn. Dòng như “#{key}: …” là ví dụ: xóa dấu # đi, rồi sửa lại.",
        f"A line that begins with “# ” is a note. One like “#{key}: …” is an example: take its # away, then change it.",
    )


_SITE = (Text("Cài đặt của cả trang.", "Settings of the whole site."), _edit("hours"))
_VILLAGE = (Text("Giới thiệu thôn.", "About the village."), _edit("intro"))
_EXAMPLE = (
    Text("Hộ mẫu, để xem cách ghi. Tệp này không lên trang; người, số điện thoại ở đây không có thật.",
         "An example of a household, to see how things are written. It is never published; nobody in it is real."),
    Text('Thêm hộ thật thì chạy: vuonho new "Tên vườn"', 'Add a real one with: vuonho new "Name"'),
)  # fmt: skip
