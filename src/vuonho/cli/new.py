"""`vuonho new`: a new household, its profile ready to be filled in."""

from pathlib import Path

import click

from vuonho.bilingual import Text
from vuonho.cli.day import this_day
from vuonho.cli.frame import SpokenCommand, WrongUse
from vuonho.cli.options import common
from vuonho.cli.speech import Speech
from vuonho.cli.tending import tended_folder
from vuonho.founding.newcomer import add_household, villages_of

HELP = Text(
    """TÊN là tên gia đình chọn để mọi người thấy.

    Sổ mã đã mất mà biển vẫn treo ở nhà ấy thì thêm --code và con số trên biển.

    Ví dụ: vuonho new "Vườn ông Tư" --village thon-vuon-mau""",
    """NAME is the name that the family chose to be shown.

    If the register was lost and the plaque still hangs there, add --code and the number on it.

    Example: vuonho new "Vườn ông Tư" --village thon-vuon-mau""",
)
_VILLAGE = Text(
    "Thôn của hộ: tên thôn hoặc tên thư mục; chỉ có một thôn thì không cần.",
    "The household's village: its name or folder; not needed where there is one only.",
)

_CODE = Text(
    "Mã trên biển đang treo ở nhà ấy; không ghi thì máy cấp mã mới.",
    "The code on the plaque that hangs there; without it a new one is given.",
)


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("new", cls=SpokenCommand, help=HELP.to(speech.language))
    @click.argument("name", metavar=Text("TÊN", "NAME").to(speech.language))
    @click.option("--village", metavar=Text("THÔN", "VILLAGE").to(speech.language), default="",
                  help=_VILLAGE.to(speech.language))  # fmt: skip
    @click.option(
        "--code", metavar=Text("MÃ", "CODE").to(speech.language), default="", help=_CODE.to(speech.language)
    )
    @common(speech)
    @click.pass_context
    def new(context: click.Context, folder: Path | None, name: str, village: str, code: str) -> None:
        root = tended_folder(context, folder, speech)
        if not village:
            _ask_for_one(villages_of(root))
        today = this_day()
        made = add_household(root, name, village, today, speech.language, code)
        for other in made.namesakes:
            speech.note(Text(f"Lưu ý: thôn đã có hộ tên này: {other}",
                             f"Note: the village has a household of this name: {other}"))  # fmt: skip
        click.echo(f"{made.code}  {made.file}")
        speech.tell(Text("Mở tệp này điền tiếp, lưu lại, rồi chạy: vuonho check",
                         "Open this file, fill it in, save it, then run: vuonho check"))  # fmt: skip

    return new


def _ask_for_one(villages: tuple[tuple[str, str], ...]) -> None:
    """Raise WrongUse where there are several villages and none was named."""
    if len(villages) > 1:
        there = ", ".join(f"{slug} ({name})" if name else slug for slug, name in villages)
        raise WrongUse(
            Text(f"Thiếu --village. Đang có: {there}.", f"--village is missing. There are: {there}.")
        )
