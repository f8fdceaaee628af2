"""Which village is meant by what somebody typed: its folder, its name, or its name without "Thôn"."""

from collections.abc import Mapping

from vuonho.domain.fold import fold, key
from vuonho.domain.vocabulary.consent_words import VILLAGE_KINDS


def villages_called(typed: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the folders of the villages that are meant, of `names` by folder; all where nothing was typed.

    The folder counts before the name, the name with its accents before the name without them.
    """
    typed = typed.strip()
    if not typed:
        return tuple(names)
    for is_meant in (_by_folder, _by_name, _by_letters):
        if found := tuple(slug for slug, name in names.items() if is_meant(typed, slug, name)):
            return found
    return ()


def _by_folder(typed: str, slug: str, name: str) -> bool:
    del name
    return typed == slug


def _by_name(typed: str, slug: str, name: str) -> bool:
    del slug
    return bool(name) and key(typed) == key(name)


def _by_letters(typed: str, slug: str, name: str) -> bool:
    bare = {fold(name).removeprefix(f"{fold(word.key)} ") for word in VILLAGE_KINDS}
    return fold(typed) in {slug, fold(name), *bare} - {""}
