"""Which of two tellings of a household is the newer, and what comes of them."""

from collections.abc import Mapping
from dataclasses import replace

from vuonho.domain.fold import key
from vuonho.domain.schema.meaning import is_nothing
from vuonho.exchange.lookup import day_of, text_at, value_at
from vuonho.exchange.merging import Change, Merged, Terms, merge
from vuonho.exchange.ticks import ticks_of
from vuonho.intake.incoming import Incoming
from vuonho.intake.tree import Plain

CONSENT = ("given", "by", "how", "publish")
"""What one act of consent says; a later act takes the place of the whole of an earlier one."""


def settle(ours: Mapping[str, Plain], incoming: Incoming, *, overwrite: bool) -> Merged:
    """Return what comes of a profile and what came in for it.

    A file without a base is older than the profile where its day of checking is. Of two consents without a base
    the later counts, whole: what a family said no to yesterday is not shown since it said yes last year.
    """
    if incoming.is_published:
        incoming = replace(incoming, values=_without_shown_months(incoming.values, ours))
    if incoming.base is not None:
        return merge(ours, incoming.values, incoming.base, Terms(has_base=True, overwrite=overwrite))
    older = _is_before(incoming.values.get("checked"), ours.get("checked"))
    terms = Terms(has_base=False, profile_is_newer=older, overwrite=overwrite)
    rest = {name: value for name, value in incoming.values.items() if name != "consent"}
    merged = merge(ours, rest, None, terms)
    return _joined(merged, _consent(merged.values, incoming.values.get("consent"), terms))


def _without_shown_months(told: Mapping[str, Plain], ours: Mapping[str, Plain]) -> dict[str, Plain]:
    """Return what a page tells without the solar months that stand there for lunar ones of the profile."""
    values = dict(told)
    if isinstance(garden := told.get("garden"), dict) and "crops" in garden:
        values["garden"] = garden | {"crops": _as_lunar(garden["crops"], value_at(ours, "garden", "crops"))}
    if "products" in told:
        values["products"] = _as_lunar(told["products"], ours.get("products"))
    return values


def _as_lunar(told: Plain, ours: Plain) -> Plain:
    mine = [entry for entry in ours if isinstance(entry, dict)] if isinstance(ours, list) else []
    lunar = {key(text_at(one, "name")) for one in mine if one.get("lunar_months") and not one.get("months")}
    return [
        {name: value for name, value in entry.items() if name != "months"}
        if isinstance(entry, dict) and key(text_at(entry, "name")) in lunar
        else entry
        for entry in (told if isinstance(told, list) else [])
    ]


def _consent(ours: Mapping[str, Plain], told: Plain, terms: Terms) -> Merged:
    before = ours.get("consent")
    before = before if isinstance(before, dict) else {}
    if not isinstance(told, dict):
        return merge(ours, {} if is_nothing(told) else {"consent": told}, None, terms)
    if is_nothing(told.get("given")) and not is_nothing(before.get("given")):
        return merge(ours, {}, None, terms)  # nobody asked the family this time
    if _is_before(told.get("given"), before.get("given")) or _was_taken_back(before, ours, terms):
        return _kept(ours, before, told, terms)
    whole = dict.fromkeys(CONSENT) | told
    more = _more_of_the_sameday_of(before, told) if not terms.overwrite else []
    if more:
        whole["publish"] = [tick for tick in ticks_of(told.get("publish")) if tick not in more]
    merged = merge(ours, {"consent": whole}, {"consent": before}, replace(terms, has_base=True))
    if not more:
        return merged
    path = ("consent", "publish")
    return replace(merged, kept=(*merged.kept, Change(path, before.get("publish"), told.get("publish"))))


def _kept(
    ours: Mapping[str, Plain], before: Mapping[str, Plain], told: Mapping[str, Plain], terms: Terms
) -> Merged:
    """Return the profile with its own consent, and what the file would have made of it; the file's if it is to win."""
    merged = merge(ours, {"consent": dict(told)}, {"consent": dict(before)}, replace(terms, has_base=True))
    if terms.overwrite:
        return merged
    return Merged(dict(ours), (), (*merged.kept, *merged.changes))


def _was_taken_back(before: Mapping[str, Plain], ours: Mapping[str, Plain], terms: Terms) -> bool:
    """Tell a profile that is newer and holds no consent: somebody may have emptied it, as the family wished."""
    return terms.profile_is_newer and not is_nothing(ours.get("name")) and is_nothing(before.get("given"))


def _more_of_the_sameday_of(before: Mapping[str, Plain], told: Mapping[str, Plain]) -> list[Plain]:
    """Return the ticks that only the file has of two consents of one day: the family may have taken them back since."""
    if day_of(told.get("given")) is None or day_of(told.get("given")) != day_of(before.get("given")):
        return []
    known = ticks_of(before.get("publish"))
    return [tick for tick in ticks_of(told.get("publish")) if tick not in known]


def _joined(one: Merged, other: Merged) -> Merged:
    return Merged(other.values, (*one.changes, *other.changes), (*one.kept, *other.kept))


def _is_before(one: Plain, other: Plain) -> bool:
    first, second = day_of(one), day_of(other)
    return first is not None and second is not None and first < second
