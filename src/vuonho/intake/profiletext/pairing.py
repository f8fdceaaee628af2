"""Which entry of a list becomes which: by what it says, by its name or file, then by its place."""

from collections.abc import Callable, Sequence

from vuonho.intake.nodes import Plain

_NAMES = ("name", "file")


def pair(old: Sequence[Plain], new: Sequence[Plain]) -> list[int | None]:
    """Return for each new entry the position of the old one that becomes it, or None; none is taken twice."""
    pairs: list[int | None] = [None] * len(new)
    _match(pairs, old, new, lambda value, _: repr(value))
    _match(pairs, old, new, lambda value, _: _name(value))
    _match(pairs, old, new, lambda _, index: str(index))
    return pairs


def in_order(pairs: Sequence[int | None], count: int) -> bool:
    """Tell whether each of `count` old entries stays in its place and none is new."""
    return list(pairs) == list(range(count))


def _match(
    pairs: list[int | None],
    old: Sequence[Plain],
    new: Sequence[Plain],
    sign: Callable[[Plain, int], str],
) -> None:
    """Pair the entries left over that have the same sign, the first with the first; "" is no sign."""
    free: dict[str, list[int]] = {}
    for index, value in enumerate(old):
        if index not in pairs:
            free.setdefault(sign(value, index), []).append(index)
    for index, value in enumerate(new):
        wanted = sign(value, index)
        if pairs[index] is None and wanted and free.get(wanted):
            pairs[index] = free[wanted].pop(0)


def _name(value: Plain) -> str:
    if isinstance(value, dict):
        return next((name for key in _NAMES if isinstance(name := value.get(key), str)), "")
    return value if isinstance(value, str) else ""
