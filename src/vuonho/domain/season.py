"""When something is ripe: what was typed, else what the lunar months mean, else what is usual."""

from vuonho.domain.public import PublicSeason
from vuonho.domain.values import lunar_to_solar


def season(
    months: tuple[int, ...] | None, lunar: tuple[int, ...] | None, usual: tuple[int, ...]
) -> PublicSeason | None:
    """Return the season in solar months 1 to 12, or None where nothing is known.

    Typed solar months win; lunar month m stands for solar m + 1 (12 for 1), about; `usual` comes last.
    """
    if months:
        return PublicSeason(months, lunar or (), "typed")
    if lunar:
        return PublicSeason(lunar_to_solar(lunar), lunar, "lunar")
    return PublicSeason(usual, (), "usual") if usual else None
