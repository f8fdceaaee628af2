"""What must hold between the register and the profiles: no printed code may go unanswered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from vuonho.errors import Problem
from vuonho.i18n import NOTHING, Text
from vuonho.model.codes import is_code
from vuonho.model.hosting import is_example
from vuonho.model.values import quoted, say_day
from vuonho.register.register import ACTIVE, EARLIER, FILE, MOVED, VOID, Register, Row, normalize_url

UNREGISTERED = Text("This code is not in codes.csv.")
_OTHER_CODE = Text("Give the code of a household that has a page; if there is none, use withdrawn instead.")


@dataclass(frozen=True, slots=True)
class ProfileStub:
    """What the register needs to know of a profile; `path` is below `profiles/`, `code` "" if it has none.

    `consented` tells whether consent has a date, which is `given` where it can be read, `moved_to` the code that
    visitors are sent on to.
    """

    path: str
    code: str
    consented: bool
    withdrawn: bool
    moved_to: str | None = None
    given: date | None = None

    @property
    def is_shown(self) -> bool:
        """Whether the household has a page of its own."""
        return self.consented and not self.withdrawn and self.moved_to is None

    @property
    def is_explained(self) -> bool:
        """Whether the profile says what becomes of its address: a page, a notice or a way on."""
        return self.consented or self.withdrawn or self.moved_to is not None


def check_register(
    register: Register, profiles: Sequence[ProfileStub], base_url: str, previous_urls: Sequence[str] = ()
) -> tuple[Problem, ...]:
    """Return what does not fit between register, profiles and the site's address; all of it stops a build.

    Profiles without a valid code are passed over: their own check speaks of them. A renamed profile is the
    same household, since the code is the identity.
    """
    carried = tuple(profile for profile in profiles if is_code(profile.code))
    first = owners(register, carried)
    return (
        *(problem for profile in carried for problem in _check_profile(profile, register, first)),
        *(problem for row in register.rows for problem in _check_row(row, profiles, first, register)),
        *_check_addresses(register, (base_url, *previous_urls)),
    )


def owners(register: Register, profiles: Sequence[ProfileStub]) -> dict[str, ProfileStub]:
    """Return the profile that each code belongs to: the one that the register names, else the first.

    A copied file carries the code of another household; it is the copy that has to change.
    """
    found: dict[str, ProfileStub] = {}
    for profile in profiles:
        row = register.by_code.get(profile.code)
        if profile.code not in found or (row is not None and row.profile == profile.path):
            found[profile.code] = profile
    return found


def has_returned(row: Row, profile: ProfileStub) -> bool:
    """Tell whether a household that left is shown again by a consent that is newer than its leaving."""
    if not row.has_left or not profile.is_shown or profile.given is None or row.left_on is None:
        return False
    return profile.given > row.left_on


def changed_code(code: str, path: str, instead: str = "", swap: Text = NOTHING) -> tuple[Text, Text]:
    """Return (message, hint) for a profile that lost the code it was given, or has another one `instead`."""
    now = Text("now has {instead}", instead=instead) if instead else Text("now has none")
    return (
        Text("{path} was given {code}, it {now}.", path=quoted(path, 80), code=code, now=now),
        Text("A code never changes: write code: {code} again.{swap}", code=code, swap=swap),
    )


def _check_profile(
    profile: ProfileStub, register: Register, first: Mapping[str, ProfileStub]
) -> Iterator[Problem]:
    """Yield what the register and the other profiles say against a profile."""
    code, row = profile.code, register.by_code.get(profile.code)

    def problem(field: str, message: Text, hint: Text) -> Problem:
        return Problem(field, message, hint, file=f"profiles/{profile.path}")

    if first[code] is not profile:
        yield problem(
            "code",
            Text("Code {code} is used by {other} too.", code=code, other=quoted(first[code].path, 80)),
            Text("In the copy leave code empty and run `vuonho assign`."),
        )
    if row is None:
        yield problem("code", UNREGISTERED, Text("Run `vuonho assign` to record it."))
    elif row.status == VOID:
        yield problem(
            "code",
            Text("Code {code} is void and is never used again.", code=code),
            Text("Leave code empty and run `vuonho assign`."),
        )
    elif row.has_left and profile.is_shown and not has_returned(row, profile):
        yield problem("withdrawn", *_left_but_shown(row))
    elif row.status == ACTIVE and row.printed and not profile.is_explained:
        yield problem(
            "consent.given",
            Text("Code {code} is on a plaque, but its consent has no date any more.", code=code),
            Text(
                "If the family took it back, run `vuonho withdraw {code}`: the plaque then shows a notice.",
                code=code,
            ),
        )
    if profile.moved_to is not None and (message := _wrong_goal(profile, profile.moved_to, register, first)):
        yield problem("moved_to", message, _OTHER_CODE)


def _left_but_shown(row: Row) -> tuple[Text, Text]:
    if row.left_on is None:
        return (
            Text("{who} has left, yet its profile would be shown.", who=row.called),
            Text(
                "Put `withdrawn: DATE` back and run vuonho withdraw {code}, so that the day is "
                "recorded. If they agreed again, take that line out after that, and write the new day "
                "into consent.given.",
                code=row.code,
            ),
        )
    return (
        Text(
            "Household {code} left on {since}, yet its profile would be shown by a consent from before.",
            code=row.code,
            since=say_day(row.left_on),
        ),
        Text(
            "If they left, put `withdrawn: {day}` back. If they agreed again, ask anew and write "
            "the new day into consent.given; the register follows by itself.",
            day=row.left_on.isoformat(),
        ),
    )


def _wrong_goal(
    profile: ProfileStub, goal: str, register: Register, first: Mapping[str, ProfileStub]
) -> Text | None:
    """Return what is wrong with the code that a profile sends its visitors to, None where nothing is."""
    row, target = register.by_code.get(goal), first.get(goal)
    if target is None and (row is None or row.status == ACTIVE):
        return Text("No household has the code {code}.", code=goal)
    if target is None or (row and row.status == VOID) or not (target.is_shown or target.moved_to):
        return Text("The household {code} has no page.", code=goal)
    seen: set[str] = set()
    at: ProfileStub | None = profile
    while at is not None and at.moved_to is not None and at.code not in seen:
        seen.add(at.code)
        at = first.get(at.moved_to)
    if at is not None and at.code == profile.code:
        return Text("From {code} visitors come back to this one.", code=goal)
    return None


def _check_row(
    row: Row, profiles: Sequence[ProfileStub], first: Mapping[str, ProfileStub], register: Register
) -> Iterator[Problem]:
    """Yield what is wrong with a row that no profile explains."""
    code, profile, path = row.code, first.get(row.code), quoted(row.profile, 80)
    if row.status == MOVED and (profile is None or not profile.is_explained):
        yield Problem(
            "status",
            Text("Code {code} moved, nobody knows where.", code=code),
            Text(
                "Take {path} with its moved_to back from a backup; if there is none: vuonho withdraw {code}",
                path=path,
                code=code,
            ),
            file=FILE,
            line=row.line,
            column=1,
        )
    if row.status != ACTIVE or profile is not None:
        return
    instead = next((other for other in profiles if other.path == row.profile), None)
    if instead is None:
        printed = (
            Text(
                "Take the file back from a backup; if the place is no longer to be shown: vuonho withdraw {code}",
                code=code,
            )
            if row.is_spot
            else Text(
                "Take the file back from a backup; if the family wants to leave: vuonho withdraw {code}",
                code=code,
            )
        )
        unprinted = Text(
            "Take the file back from a backup; if this household was given up: vuonho remove {code}",
            code=code,
        )
        message = Text("The profile of {code} is gone: {path}.", code=code, path=path)
        yield Problem(
            "profile", message, printed if row.printed else unprinted, file=FILE, line=row.line, column=1
        )
        return
    other, swap = register.by_code.get(instead.code), NOTHING
    if row.printed is None and is_code(instead.code) and (other is None or other.profile == row.profile):
        swap = Text(
            " If the plaque at the gate says {instead}: vuonho remove {code}", instead=instead.code, code=code
        )
    message, hint = changed_code(code, row.profile, instead.code, swap)
    if instead.code:
        yield Problem("code", message, hint, file=f"profiles/{instead.path}")
    else:
        yield Problem("code", message, hint, file=FILE, line=row.line, column=1)


# --- Printed addresses: those that the site no longer has, and those that never were any ---


class Printed(NamedTuple):
    """An address that was printed: `end` is the code or the village it leads to; where it is recorded."""

    url: str
    end: str
    field: str
    file: str
    line: int | None


def _check_addresses(register: Register, bases: Sequence[str]) -> Iterator[Problem]:
    """Yield the printed addresses that are not those of their codes, or that the site does not have."""
    printed = []
    for row in register.rows:
        tails = [tail for base in bases if (tail := _tail(row.url, base)) is not None]
        if tails and all(tail.strip("/") != row.code for tail in tails):
            yield Problem(
                "url",
                Text(
                    "The printed address {url} is not that of {code}.", url=quoted(row.url, 80), code=row.code
                ),
                Text("Look at the plaque: the address ends in {code}/.", code=row.code),
                file=FILE,
                line=row.line,
                column=1,
            )
        urls = (("url", row.url), *((EARLIER, url) for url in row.earlier_urls))
        printed += [Printed(url, row.code, field, FILE, row.line) for field, url in urls if url]
    yield from check_site(printed, bases)


def check_site(printed: Iterable[Printed], bases: Sequence[str]) -> Iterator[Problem]:
    """Yield each older site that was printed and is none of the site's addresses, once for all that was printed so.

    `bases` are the address of the site now, and those declared in `previous_urls`.
    """
    gone: dict[str, list[Printed]] = {}
    for one in printed:
        if all(_tail(one.url, base) is None for base in bases):
            gone.setdefault(normalize_url(one.url).removesuffix(f"{one.end}/"), []).append(one)
    for site, found in gone.items():
        url, _, field, file, line = found[0]
        message = Text.counted(
            "{count} plaque or board was printed with {shown}, and the site has another address now.",
            "{count} plaques or boards were printed with {shown}, and the site has another address now.",
            len(found),
            shown=quoted(url if len(found) == 1 else site, 80),
        )
        if is_left_example(url, bases[0]):
            # Nobody can ever open an example address (RFC 2606).
            hint = Text(
                "An example address never opens: throw that plaque away. Add {base} to previous_urls, "
                "run vuonho build, then print again: vuonho plaques --changed (a board: --size a3).",
                base=f"https://{urlsplit(url).netloc}/",
            )
        elif not site.startswith("https://"):
            hint = Text("Set base_url back, or add the old address to previous_urls if it still answers.")
        else:
            older = (*bases[1:], *(one for one in gone if one.startswith("https://")))
            hint = Text(
                "If it no longer answers, set base_url back. If it does, write into site.yaml: {line}",
                line=f"previous_urls: [{', '.join(older)}]",
            )
        yield Problem(field, message, hint, file=file, line=line, column=1)


def is_left_example(url: str, now: str) -> bool:
    """Tell whether an example was printed and the site has a real address now."""
    try:
        return is_example(url) and not is_example(now)
    except ValueError:  # what a hand wrote into the register need not be an address
        return False


def _tail(url: str, base: str) -> str | None:
    """Return what follows `base` in `url`, or None; scheme and host have no case, a path has."""
    plain, begin = normalize_url(url), normalize_url(base)
    return plain.removeprefix(begin) if plain.startswith(begin) else None
