"""Write docs/commands.md from the help of the program itself: python docs/commands.py"""

from pathlib import Path

import click

from vuonho.cli.app import program
from vuonho.cli.commands import COMMANDS, GROUPS
from vuonho.cli.console import LANGUAGES, Console

FILE = Path(__file__).parent / "commands.md"
WIDTH = 78  # what click leaves on a terminal of 80 columns
TOP = """\
# Các lệnh của vuonho

Mỗi lệnh một mục, đúng như lời `vuonho LỆNH --help` nói. Dòng “Ví dụ” gõ được ngay. Gõ `vuonho` không nhận thì gõ `py -m vuonho` (Windows) hay `python3 -m vuonho`.

*Every command as its own help tells it; [in English below](#english). Made by `python docs/commands.py`: do not edit here.*

"""
ENGLISH = """\
<a id="english"></a>

# The commands of vuonho

"""
WORDS = {name: words for _, commands in GROUPS for name, words in commands.items()}


def help_of(command: click.Command, path: str, language: str) -> str:
    """Return the help of a command as it stands on a terminal."""
    console = Console(language)
    settings = {**program.context_settings, "obj": console, "terminal_width": WIDTH}
    with click.Context(command, info_name=path, **settings) as context:
        return command.get_help(context)


def render_edition(language: str) -> str:
    """Return the reference in one language: what there is, then command after command."""
    whole = help_of(program, "vuonho", language)
    parts = [
        "".join(f"- [`{name}`](#{anchor(name, language)}): {WORDS[name].to(language)}\n" for name in COMMANDS)
    ]
    parts.append(f"## {title('vuonho', language)}\n\n```text\n{whole}\n```\n")
    for name in COMMANDS:
        command = program.get_command(click.Context(program), name)
        assert command is not None
        said = help_of(command, f"vuonho {name}", language)
        parts.append(f"## {title(f'vuonho {name}', language)}\n\n```text\n{said}\n```\n")
    return "\n".join(parts)


def title(name: str, language: str) -> str:
    """Return a heading that is its own in each language."""
    return name if language == LANGUAGES[0] else f"{name} (English)"


def anchor(name: str, language: str) -> str:
    """Return where the heading of a command is found."""
    return title(f"vuonho {name}", language).lower().translate({40: None, 41: None, 32: "-"})


def render_commands() -> str:
    """Return the whole page."""
    return TOP + render_edition("vi") + "\n" + ENGLISH + render_edition("en")


if __name__ == "__main__":
    FILE.write_text(render_commands(), encoding="utf-8", newline="\n")
    print(FILE.name)
