"""What is said of a print: what it would be, what it must not be without a yes, and what came of it."""

from typing import Final

from vuonho.i18n import Both, Text
from vuonho.plaques.job import Done, Plan
from vuonho.status.tasks import NOBODY

NOT_PRINTED: Final = Text(
    "Nothing was printed or recorded: a printed address is kept for ever (base_url in "
    "profiles/site.yaml). A draft can always be looked at (--draft)."
)
DO_NOT_HANG: Final = Text(
    "Note: base_url is still an example (.example) that nobody can open. Do not hang these plaques."
)
DO_NOT_GIVE: Final = Text(
    "Note: base_url is still an example (.example) that nobody can open. Do not give these away."
)


def say_pieces(plan: Plan) -> Text:
    """Return what is printed, in words: so many plaques, or boards of so many households."""
    count, boards = len(plan.chosen), len(plan.boards)
    if not boards:
        return Text.counted("{count} plaque", "{count} plaques", count)
    return Text(
        "{boards}, {households}",
        boards=Text.counted("{count} board", "{count} boards", boards),
        households=Text.counted("{count} household", "{count} households", count),
    )


def first_print_question(plan: Plan) -> Text | None:
    """Return what is asked before addresses are printed that never were; None where there is none, so nobody is asked."""
    first, url, pieces = plan.first_printed, plan.base_url, say_pieces(plan)
    if not first:
        return None
    if not plan.is_first_there:
        return Text(
            "Print {pieces}; {first} of the addresses for the first time, to be kept for ever. Print them?",
            pieces=pieces,
            first=first,
        )
    if plan.is_example:
        return Text(
            "{url} is an example that nobody can open: {pieces} would have to be thrown away. "
            "Print all the same?",
            url=url,
            pieces=pieces,
        )
    return Text(
        "The address {url} will be printed on {pieces} and has to be kept for ever. Have you "
        "opened it on the web?",
        url=url,
        pieces=pieces,
    )


def nothing_to_print(plan: Plan) -> Text:
    """Return why there is nothing to print, and what to do: there is nobody, nobody agreed, or all is printed."""
    if not plan.project.profiles:
        return NOBODY
    if plan.project.households:
        return Text("There is no plaque to print. To print again, choose the households (codes, or --all).")
    return Text(
        "No family has agreed yet, so there is no plaque to print. Next: vuonho consent; write "
        "down the day when one signs."
    )


def say_made(done: Done, where: str) -> Text:
    """Return what the PDF is, and from how far it reads."""
    metres = f"{done.reading_m:.2f}".rstrip("0").rstrip(".")
    return Text.counted(
        "{where}: {pieces}, {count} page, every code read back. A phone reads them from about {metres} m.",
        "{where}: {pieces}, {count} pages, every code read back. A phone reads them from about {metres} m.",
        done.pages,
        where=where,
        pieces=say_pieces(done.plan),
        metres=Both(metres.replace(".", ","), metres),
    )


def say_record(done: Done, *, draft: bool) -> Text:
    """Return what the register knows of it now, and what comes next."""
    if draft:
        return Text("This is a draft; nothing was recorded.")
    return Text(
        "Print run {batch} is in the register; these addresses are kept for ever. Print at 100 "
        "%. Publish the site and scan one plaque before you hang them.",
        batch=done.plan.batch,
    )


def say_keepsakes(done: Done, where: str) -> Text:
    """Return what keepsakes were made."""
    return Text.counted(
        "{where}: keepsake and stickers of {count} household, every code read back.",
        "{where}: keepsakes and stickers of {count} households, every code read back.",
        len(done.plan.chosen),
        where=where,
    )
