"""The site and its villages as the world may see them: nothing in them is personal but the team's own data."""

from vuonho.domain.public import PublicPlaque, PublicSite, PublicTeam, PublicVillage
from vuonho.domain.schema.place import Site, Village
from vuonho.domain.schema.plaque import Plaque


def public_village(village: Village, slug: str, source: str, commune: str) -> PublicVillage:
    """Return a village; `slug` is its folder, `source` its file, `commune` the full name of today's unit."""
    return PublicVillage(
        slug=slug,
        source=source,
        name=village.name,
        kind=village.kind,
        commune=commune,
        former_commune=village.former.commune if village.former else None,
        former_district=village.former.district if village.former else None,
        centre=village.centre,
        intro=village.intro,
        formerly=village.formerly,
    )


def public_site(site: Site) -> PublicSite:
    """Return the settings that pages show."""
    return PublicSite(
        base_url=site.base_url,
        province=site.province,
        title=site.title,
        purpose=site.purpose,
        languages=site.languages,
        team=PublicTeam(site.team.name, site.team.phone, site.team.hours),
        plaque=_plaque(site.plaque),
    )


def _plaque(plaque: Plaque | None) -> PublicPlaque:
    if plaque is None:
        return PublicPlaque()
    return PublicPlaque(plaque.logo, plaque.ground, plaque.edge, plaque.accent)
