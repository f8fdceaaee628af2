"""`vuonho init`: a new project."""

from pathlib import Path

import click

from vuonho.bilingual import Text
from vuonho.cli.frame import SpokenCommand
from vuonho.cli.options import common
from vuonho.cli.speech import Speech
from vuonho.demo import unpack_demo

HELP = Text(
    """Mở một dự án mới trong THƯ_MỤC với thôn mẫu để xem thử và sửa dần.

    Ví dụ: vuonho init thon-toi --demo""",
    """Start a new project in DIR with the demo village, to look at and to change.

    Example: vuonho init my-village --demo""",
)


def make(speech: Speech) -> click.Command:
    """Return the command in one language."""

    @click.command("init", cls=SpokenCommand, help=HELP.to(speech.language))
    @click.argument(
        "target", metavar=Text("THƯ_MỤC", "DIR").to(speech.language), type=click.Path(path_type=Path)
    )
    @click.option("--demo", is_flag=True, required=True,
                  help=Text("Lấy thôn mẫu.", "Take the demo village.").to(speech.language))  # fmt: skip
    @common(speech)
    @click.pass_context
    def init(context: click.Context, folder: Path | None, target: Path, demo: bool) -> None:
        del demo
        project = Path(context.meta["vuonho.folder"]) / (folder or "") / target
        unpack_demo(project)
        name = f'"{project}"' if " " in str(project) else str(project)
        speech.tell(Text(f"Đã tạo {project}. Làm tiếp: vuonho -C {name} build",
                         f"Made {project}. Next: vuonho -C {name} build"))  # fmt: skip

    return init
