"""The public pages of a site: households, villages, start page, privacy, and what is not found.

Each comes in every language of the site. A page depends on its arguments and the templates alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vuonho.artifact import Artifact
from vuonho.bilingual import Text
from vuonho.domain.public import PublicHousehold, PublicNotice, PublicSite, PublicVillage
from vuonho.errors import VuonhoError
from vuonho.render.pages.householdview import household_view
from vuonho.render.pages.icons import Icons
from vuonho.render.pages.language import Language
from vuonho.render.pages.picture import Picture
from vuonho.render.pages.place import LostPlace, Place
from vuonho.render.pages.templates import Templates
from vuonho.render.pages.view import own, spaced, team
from vuonho.render.pages.villageview import village_view

CSP: Final = (
    "default-src 'none'; style-src '{}'; img-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
SITE_SOURCE: Final = "site.yaml"
TICKS: Final = (
    "full_name", "phone", "exact_point", "near_point", "faces", "living", "story", "prices", "links",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself to browsers, search engines and link previews."""

    title: str
    description: str
    listed: bool = True
    image: str | None = None
    refresh: str | None = None


_Maker = Callable[[Place, Language], tuple[Head, Mapping[str, object]]]


class Pages:
    """The pages of one site. `template_folders`: the project's first, then the shipped ones."""

    def __init__(
        self, site: PublicSite, template_folders: tuple[Path, ...], languages: Mapping[str, Language]
    ) -> None:
        """Read the templates; raise VuonhoError where a language of the site has no catalogue."""
        missing = [tag for tag in site.languages if tag not in languages]
        if missing:
            raise _no_catalogue(missing[0])
        self._site = site
        self._languages = tuple(languages[tag] for tag in site.languages)
        self._templates = Templates(template_folders)
        self._csp = CSP.format(self._templates.style_hash)

    def household(
        self, household: PublicHousehold, village: PublicVillage, pictures: Mapping[str, Picture]
    ) -> tuple[Artifact, ...]:
        """Return a household's pages, the plaque's language first; `pictures` by `PublicPhoto.file`."""

        def make(place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            view = household_view(household, village, pictures, place, language)
            return Head(household.name, view.description, image=view.image), {"h": view}

        photos = (photo.file for photo in household.photos)
        sources = (household.source, village.source, *photos)
        return self._in_all(f"{household.code}/", "household.html", make, sources)

    def notice(self, notice: PublicNotice) -> tuple[Artifact, ...]:
        """Return what answers at the address of a household that left: no name, perhaps the way on."""

        def make(place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            code = notice.moved_to
            new = place.to(f"{code}/") if code else None
            title = language.say("notice.moved_title" if code else "notice.gone_title")
            values = {"title": title, "new": new, "digits": spaced(code) if code else ""}
            return Head(title, title, listed=False, refresh=new), values

        return self._in_all(f"{notice.code}/", "notice.html", make, (notice.source,))

    def village(self, village: PublicVillage, households: Sequence[PublicHousehold]) -> tuple[Artifact, ...]:
        """Return a village's pages with its households in the order given, and those at its former folders."""

        def make(place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            view = village_view(village, households, place, language)
            return Head(village.name, view.description), {"v": view}

        sources = (village.source, *(one.source for one in households))
        pages = self._in_all(f"{village.slug}/", "village.html", make, sources)
        return pages + tuple(page for old in village.formerly for page in self._former(old, village))

    def _former(self, old: str, village: PublicVillage) -> tuple[Artifact, ...]:
        def make(place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            new = place.to(f"{village.slug}/")
            title = language.say("village.moved")
            return Head(title, title, listed=False, refresh=new), {
                "title": title,
                "new": new,
                "name": village.name,
            }

        return self._in_all(f"{old}/", "redirect.html", make, (village.source,))

    def index(
        self, villages: Sequence[tuple[PublicVillage, Sequence[PublicHousehold]]]
    ) -> tuple[Artifact, ...]:
        """Return the start pages: of one village its households, of several the list of villages."""

        def make(place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            views = [village_view(village, households, place, language) for village, households in villages]
            title = own(self._site.title, language)
            description = language.say("index.description", title=title.text)
            purpose = own(self._site.purpose, language)
            return Head("", description), {"villages": views, "title": title, "purpose": purpose}

        households = (one.source for _, all_of_it in villages for one in all_of_it)
        sources = (*(village.source for village, _ in villages), *households)
        return self._in_all("", "index.html", make, sources)

    def privacy(self) -> tuple[Artifact, ...]:
        """Return the privacy pages in plain words."""

        def make(_place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            head = Head(language.say("privacy.title"), language.say("privacy.description"))
            return head, {"ticks": TICKS, "purpose": own(self._site.purpose, language)}

        return self._in_all("privacy/", "privacy.html", make, ())

    def not_found(self) -> Artifact:
        """Return 404.html, one page with every language on it."""
        first = self._languages[0]
        place = LostPlace(self._site, "", first.tag)
        head = Head(first.say("lost.title"), first.say("lost.text"), listed=False)
        others = [(one, LostPlace(self._site, "", one.tag)) for one in self._languages]
        return self._page("404.html", place, first, head, {"others": others}, ())

    # --- One page ------------------------------------------------------------------------------------------

    def _in_all(
        self, folder: str, template: str, make: _Maker, sources: Sequence[str]
    ) -> tuple[Artifact, ...]:
        return tuple(self._one(folder, template, make, sources, language) for language in self._languages)

    def _one(
        self, folder: str, template: str, make: _Maker, sources: Sequence[str], language: Language
    ) -> Artifact:
        place = Place(self._site, folder, language.tag)
        head, values = make(place, language)
        return self._page(template, place, language, head, values, sources)

    def _page(
        self,
        template: str,
        place: Place,
        language: Language,
        head: Head,
        values: Mapping[str, object],
        sources: Sequence[str],
    ) -> Artifact:
        icons = Icons(self._templates)
        frame = self._frame(place, language, head) | {"icon": icons.use, "symbols": icons.symbols}
        html = self._templates.render(template, {**frame, **values})
        made_of = (*sources, SITE_SOURCE, *self._made_of(template, language, icons))
        return Artifact(place.path, html.encode("utf-8"), tuple(dict.fromkeys(made_of)))

    def _frame(self, place: Place, language: Language, head: Head) -> dict[str, object]:
        """Return what every page shows, whatever it is about."""
        title = own(self._site.title, language)
        return {
            "place": place,
            "head": head,
            "tag": language.tag,
            "say": language.say,
            "count": language.count,
            "site_title": title,
            "page_title": f"{head.title} · {title.text}" if head.title else title.text,
            "versions": tuple(self._versions(place)),
            "team": team(self._site.team, language),
            "csp": self._csp,
            "style": self._templates.style,
        }

    def _versions(self, place: Place) -> Iterator[tuple[str, str, str, str]]:
        """Yield (tag, name in its own language, relative link, full address) of the page in each language."""
        for language in self._languages:
            there = place.elsewhere(language.tag)
            yield language.tag, language.say("language.name"), place.asset(there.address), there.url

    def _made_of(self, template: str, language: Language, icons: Icons) -> Iterable[str]:
        names = (*self._templates.needed(template), "_style.css", *icons.names)
        return (f"template:{name}" for name in (*names, f"languages/{language.tag}.yaml"))


def _no_catalogue(tag: str) -> VuonhoError:
    return VuonhoError(
        Text(
            f"Chưa có lời trang cho ngôn ngữ “{tag}”.", f"There are no page words for the language “{tag}”."
        ),
        Text(
            f"Chép templates/languages/en.yaml thành {tag}.yaml rồi dịch, hoặc bỏ “{tag}” khỏi site.yaml.",
            f"Copy templates/languages/en.yaml to {tag}.yaml and translate it, or take it out of site.yaml.",
        ),
    )
