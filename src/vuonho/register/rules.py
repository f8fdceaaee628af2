"""What must hold between the register and the profiles: no printed code may go unanswered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from vuonho.errors import Problem
from vuonho.i18n import NOTHING, Both, Text
from vuonho.model.codes import is_code
from vuonho.model.hosting import is_example
from vuonho.model.values import quoted
from vuonho.register.register import (
    ACTIVE,
    EARLIER,
    FILE,
    MOVED,
    VOID,
    WITHDRAWN,
    Register,
    Row,
    Said,
    earlier_urls,
    even,
    say_changed_code,
    say_gone,
    say_in_a_ring,
    say_left,
    say_letters_lost,
    say_moved_nowhere,
    say_moved_to_closed,
    say_moved_to_itself,
    say_moved_to_unknown,
    say_no_consent,
    say_unregistered,
    say_used_twice,
    say_void_used,
)

# --- What is said of printed addresses that the site no longer has, and of those that never were any ---


def is_left_example(url: str, now: str) -> bool:
    """Tell whether an example was printed and the site has a real address now."""
    try:
        return is_example(url) and not is_example(now)
    except ValueError:  # what a hand wrote into the register need not be an address
        return False


def _example_cure(url: str) -> Text:
    """Return what to do about plaques with an example address: nobody can ever open it (RFC 2606)."""
    base = f"https://{urlsplit(url).netloc}/"
    return Text(
        "An example address never opens: throw that plaque away. Add {base} to previous_urls, "
        "run vuonho build, then print again: vuonho plaques --changed (a board: --size a3).",
        base=base,
    )


def site_of(url: str, last: str) -> str:
    """Return the address of the site that a printed address was below; `last` is its code, or its village."""
    return even(url).removesuffix(f"{last}/")


def previous_cure(site: str, url: str, bases: Sequence[str], gone: Iterable[str]) -> Text:
    """Return what to do about the plaques of an older site, with the line that declares all that are `gone`.

    `bases` are the address of the site now, and those declared already.
    """
    if is_left_example(url, bases[0]):
        return _example_cure(url)
    if not site.startswith("https://"):
        return Text("Set base_url back, or add the old address to previous_urls if it still answers.")
    line = f"previous_urls: [{', '.join((*bases[1:], *(one for one in gone if one.startswith('https://'))))}]"
    return Text(
        "If it no longer answers, set base_url back. If it does, write into site.yaml: {line}", line=line
    )


def say_other_address(code: str, url: str, site: str, count: int) -> Text:
    """Return what to say of `count` plaques with addresses below an older site; `code` and `url` are the first's."""
    if count > 1:
        return Text("{count} plaques say {site}, which is not base_url.", count=count, site=quoted(site, 80))
    return Text(
        "The plaque of {code} says {url}, which is not below base_url.", code=code, url=quoted(url, 80)
    )


# --- What is said where the register no longer says what it said at the last build: pairs of message and hint ---

_SHOWN = 5
_PUT_BACK = Text("Run `vuonho assign`: it is written as it was.")


def say_all_lost(count: int, *, printed: bool) -> Said:
    """Return what to say of a register that is gone, or has not one row left."""
    afresh = Text(" To start afresh, as no plaque is printed, delete the folders .vuonho and site.")
    return (
        Text.counted(
            "The register codes.csv has lost the {count} code once given.",
            "The register codes.csv has lost the {count} codes once given.",
            count,
        ),
        _PUT_BACK if printed else Both(_PUT_BACK.vi + afresh.vi, _PUT_BACK.en + afresh.en),
    )


def say_rows_lost(codes: Sequence[str]) -> Said:
    """Return what to say of codes whose rows are gone."""
    named = _named(codes)
    return (
        Text("The register codes.csv lost the row of {named}.", named=named),
        _PUT_BACK,
    )


def say_given_changed(codes: Sequence[str]) -> Said:
    """Return what to say of codes whose day of giving is another than before."""
    named = _named(codes)
    return Text("The day of giving has changed: {named}.", named=named), _PUT_BACK


def say_print_changed(codes: Sequence[str]) -> Said:
    """Return what to say of printed codes whose print is no longer recorded as it was."""
    named = _named(codes)
    return (
        Text("The day or the address of the print has changed: {named}.", named=named),
        _PUT_BACK,
    )


def say_leaving_forgotten(codes: Sequence[str]) -> Said:
    """Return what to say of households that had left and stand in the register as if they had not."""
    named = _named(codes)
    return (
        Text("The register no longer says that the household has withdrawn or moved: {named}.", named=named),
        _PUT_BACK,
    )


def say_void_revived(codes: Sequence[str]) -> Said:
    """Return what to say of void codes that are to be used again."""
    named = _named(codes)
    return (
        Text("The register was changed: a void code is never used again ({named}).", named=named),
        _PUT_BACK,
    )


def _named(codes: Sequence[str]) -> Text:
    shown, more = ", ".join(codes[:_SHOWN]), ", …" * (len(codes) > _SHOWN)
    count = f"{len(codes)} " if len(codes) > 1 else ""
    return Text.counted(
        "{number}code {shown}{more}",
        "{number}codes {shown}{more}",
        len(codes),
        number=count,
        shown=shown,
        more=more,
    )


# --- What must hold between the register of codes and the profiles: no printed code may go unanswered ---


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
        *_twice(carried, first),
        *(found for profile in carried for found in _profile(profile, register)),
        *(found for profile in carried for found in _moved(profile, register, first)),
        *(found for row in register.rows for found in _row(row, profiles, first, register)),
        *_addresses(register, (base_url, *previous_urls)),
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


def _twice(carried: Sequence[ProfileStub], first: Mapping[str, ProfileStub]) -> Iterator[Problem]:
    for profile in carried:
        if first[profile.code] is not profile:
            yield _in_profile(profile, "code", say_used_twice(profile.code, first[profile.code].path))


def _profile(profile: ProfileStub, register: Register) -> Iterator[Problem]:
    """Give what the register says against a profile."""
    row = register.by_code.get(profile.code)
    if row is None:
        yield _in_profile(profile, "code", say_unregistered())
    elif row.status == VOID:
        yield _in_profile(profile, "code", say_void_used(profile.code))
    elif row.status in (WITHDRAWN, MOVED) and profile.is_shown and not has_returned(row, profile):
        yield _in_profile(profile, "withdrawn", say_left(profile.code, row.left_on))
    elif row.status == ACTIVE and row.printed and not _is_explained(profile):
        yield _in_profile(profile, "consent.given", say_no_consent(profile.code))


def has_returned(row: Row, profile: ProfileStub) -> bool:
    """Tell whether a household that left is shown again by a consent that is newer than its leaving."""
    has_left = row.status in (WITHDRAWN, MOVED)
    if not has_left or not profile.is_shown or profile.given is None or row.left_on is None:
        return False
    return profile.given > row.left_on


def _is_explained(profile: ProfileStub) -> bool:
    return profile.consented or profile.withdrawn or profile.moved_to is not None


def _moved(profile: ProfileStub, register: Register, first: Mapping[str, ProfileStub]) -> Iterator[Problem]:
    """Give what is wrong with the place where a profile sends its visitors."""
    if profile.moved_to is None:
        return
    goal = profile.moved_to
    row, target = register.by_code.get(goal), first.get(goal)
    if goal == profile.code:
        yield _in_profile(profile, "moved_to", say_moved_to_itself(goal))
    elif target is None and (row is None or row.status == ACTIVE):
        yield _in_profile(profile, "moved_to", say_moved_to_unknown(goal))
    elif target is None or (row and row.status == VOID) or not (target.is_shown or target.moved_to):
        yield _in_profile(profile, "moved_to", say_moved_to_closed(goal))
    elif _comes_back(profile, first):
        yield _in_profile(profile, "moved_to", say_in_a_ring(goal))


def _comes_back(start: ProfileStub, first: Mapping[str, ProfileStub]) -> bool:
    seen: set[str] = set()
    at: ProfileStub | None = start
    while at is not None and at.moved_to is not None and at.code not in seen:
        seen.add(at.code)
        at = first.get(at.moved_to)
    return at is not None and at.code == start.code


def _row(
    row: Row, profiles: Sequence[ProfileStub], first: Mapping[str, ProfileStub], register: Register
) -> Iterator[Problem]:
    """Give what is wrong with a row that no profile explains."""
    profile = first.get(row.code)
    if row.status == MOVED and (profile is None or not _is_explained(profile)):
        yield _in_register(row, "status", say_moved_nowhere(row.code, row.profile))
    if row.status != ACTIVE or profile is not None:
        return
    instead = next((other for other in profiles if other.path == row.profile), None)
    if instead is None:
        yield _in_register(row, "profile", say_gone(row.code, row.profile, printed=row.printed is not None))
    else:
        other = register.by_code.get(instead.code)
        may_hang = (
            row.printed is None and is_code(instead.code) and (other is None or other.profile == row.profile)
        )
        said = say_changed_code(row.code, row.profile, instead.code, may_hang=may_hang)
        yield _in_profile(instead, "code", said) if instead.code else _in_register(row, "code", said)


def _addresses(register: Register, bases: Sequence[str]) -> Iterator[Problem]:
    """Give the printed addresses that the site does not have: once for all plaques with the same older site."""
    gone: dict[str, list[tuple[Row, str, str]]] = {}
    for row in register.rows:
        tails = [tail for base in bases if (tail := _tail(row.url, base)) is not None]
        if tails and all(tail.strip("/") != row.code for tail in tails):
            yield _in_register(
                row,
                "url",
                (
                    Text(
                        "The printed address {url} is not that of {code}.",
                        url=quoted(row.url, 80),
                        code=row.code,
                    ),
                    Text("Look at the plaque: the address ends in {code}/.", code=row.code),
                ),
            )
        printed = (("url", row.url if not tails else ""), *((EARLIER, url) for url in earlier_urls(row)))
        for field, url in printed:
            if url and all(_tail(url, base) is None for base in bases):
                gone.setdefault(site_of(url, row.code), []).append((row, field, url))
    for site, found in gone.items():
        row, field, url = found[0]
        said = say_other_address(row.code, url, site, len(found))
        yield _in_register(row, field, (said, previous_cure(site, url, bases, gone)))


def forgotten(register: Register, remembered: Register) -> tuple[Problem, ...]:
    """Return what the register no longer says of what it said before, all errors.

    A row never leaves and its day of giving stays. A print stays as it is recorded until a later one takes
    its place. A void code stays void, and a printed one never becomes it.
    """
    if remembered.rows and not register.rows:
        printed = any(row.printed for row in remembered.rows)
        return (Problem("", *say_all_lost(len(remembered.rows), printed=printed), file=FILE),)
    return tuple(_forgotten(register, remembered))


def _forgotten(register: Register, remembered: Register) -> Iterator[Problem]:
    """Give each kind of loss once, with all its codes and the line of the first."""
    pairs = [(old, new) for old in remembered.rows if (new := register.by_code.get(old.code))]
    if lost := lost_codes(register, remembered):
        yield Problem("code", *say_rows_lost(lost), file=FILE)
    given = [new for old, new in pairs if new.given != old.given]
    prints = [(old, new) for old, new in pairs if not is_print_kept(old, new)]
    revived = [new for old, new in pairs if old.status == VOID != new.status]
    if given:
        yield _in_register(given[0], "given", say_given_changed(_codes(given)))
    if prints:
        old, new = prints[0]
        field = "url" if new.printed == old.printed else "printed"
        yield _in_register(new, field, say_print_changed(_codes(new for _, new in prints)))
    worn = [
        (new, said) for old, new in pairs if (said := say_letters_lost(_words(new, old), _words(old, old)))
    ]
    if worn:
        row, (message, hint) = worn[0]
        more = len(worn) - 1
        also = Text(" So did {more} more.", more=more) if more else NOTHING
        yield _in_register(row, "", (Both(message.vi + also.vi, message.en + also.en), hint))
    left = [new for old, new in pairs if old.status in (WITHDRAWN, MOVED) and new.status == ACTIVE]
    if left:
        yield _in_register(left[0], "status", say_leaving_forgotten(_codes(left)))
    if revived:
        yield _in_register(revived[0], "status", say_void_revived(_codes(revived)))


def lost_codes(register: Register, remembered: Register) -> tuple[str, ...]:
    """Return the codes that were in the register once and are in no row any more."""
    return tuple(row.code for row in remembered.rows if row.code not in register.by_code)


def _codes(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(row.code for row in rows)


def _words(row: Row, like: Row) -> list[str]:
    """Return the cells of a row that may hold any words, the team's own in the order of another row."""
    own = dict(row.more)
    return [row.profile, *(own.get(column, "") for column, _ in like.more)]


def is_print_kept(old: Row, new: Row) -> bool:
    """Tell whether a row still says when and with which address a plaque was printed, or of a later one."""
    if old.printed is None or new.printed is None:
        return old.printed is None
    return new.printed > old.printed or (new.printed, new.url) == (old.printed, old.url)


def _tail(url: str, base: str) -> str | None:
    """Return what follows `base` in `url`, or None; scheme and host have no case, a path has."""
    plain, begin = even(url), even(base)
    return plain.removeprefix(begin) if plain.startswith(begin) else None


def _in_profile(profile: ProfileStub, field: str, said: Said) -> Problem:
    return Problem(field, *said, file=f"profiles/{profile.path}")


def _in_register(row: Row, field: str, said: Said) -> Problem:
    return Problem(field, *said, file=FILE, line=row.line, column=1 if row.line else None)
