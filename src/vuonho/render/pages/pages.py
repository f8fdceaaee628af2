"""The public pages of a site: households, villages, start page, privacy, and what is not found.

Each comes in every language of the site. A page depends on its arguments and the templates alone.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from vuonho.artifact import Artifact
from vuonho.domain.outline import Field
from vuonho.domain.public import PublicHousehold, PublicNotice, PublicSite, PublicVillage
from vuonho.render.machines import worker
from vuonho.render.machines.search import search_path
from vuonho.render.pages.banner import village_banner
from vuonho.render.pages.finder import site_finder
from vuonho.render.pages.formpage import form_page
from vuonho.render.pages.frame import Frame, Head
from vuonho.render.pages.householdview import household_view
from vuonho.render.pages.language import Language
from vuonho.render.pages.linked import household_data, site_data, village_data
from vuonho.render.pages.nowview import village_ripe
from vuonho.render.pages.picture import Picture
from vuonho.render.pages.place import LostPlace, OfflinePlace, Place
from vuonho.render.pages.printview import print_view
from vuonho.render.pages.route import Neighbours, Route, walking_route
from vuonho.render.pages.view import own, spaced
from vuonho.render.pages.villageview import village_line, village_view

TICKS: Final = (
    "full_name", "phone", "exact_point", "near_point", "faces", "living", "story", "prices", "links",
)  # fmt: skip

Home = tuple[PublicVillage, Sequence[PublicHousehold]]
_Maker = Callable[[Place, Language], tuple[Head, Mapping[str, object]]]


class Pages:
    """The pages of one site. `template_folders`: the project's first, then the shipped ones."""

    def __init__(
        self, site: PublicSite, template_folders: tuple[Path, ...], languages: Mapping[str, Language]
    ) -> None:
        """Open the templates; raise VuonhoError where a language of the site has no catalogue."""
        self._site = site
        self._frame = Frame(site, template_folders, languages)

    def household(
        self,
        household: PublicHousehold,
        village: PublicVillage,
        pictures: Mapping[str, Picture],
        neighbours: Neighbours | None = None,
        card: str | None = None,
    ) -> tuple[Artifact, ...]:
        """Return a household's pages, the plaque's language first.

        `pictures` are the photos by `PublicPhoto.file`, `neighbours` the next gardens on the walking route,
        `card` the file that a shared link shows.
        """

        def make(place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            view = household_view(household, village, pictures, neighbours, place, language)
            image = place.absolute(card) if card else None
            data = household_data(household, village, place, language, view.description, image)
            return Head(household.name, view.description, image=card, data=data), {"h": view}

        beside = (
            (one.household.source for one in (neighbours.before, neighbours.after) if one)
            if neighbours
            else ()
        )
        photos = (photo.file for photo in household.photos)
        return self._in_all(
            f"{household.code}/", "household.html", make, (household.source, village.source, *photos, *beside)
        )

    def notice(self, notice: PublicNotice) -> tuple[Artifact, ...]:
        """Return what answers at the address of a household that left: no name, perhaps the way on."""

        def make(place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            code = notice.moved_to
            new = place.to(f"{code}/") if code else None
            title = language.say("notice.moved_title" if code else "notice.gone_title")
            values = {"title": title, "new": new, "digits": spaced(code) if code else ""}
            return Head(title, title, listed=False, refresh=new), values

        return self._in_all(f"{notice.code}/", "notice.html", make, (notice.source,))

    def village(
        self, village: PublicVillage, households: Sequence[PublicHousehold],
        route: Route | None = None, card: str | None = None,
    ) -> tuple[Artifact, ...]:  # fmt: skip
        """Return a village's pages with its households in the order given, and those at its former folders.

        They are its page, and the list that is printed. `route` is the walk through it, found if not given.
        """
        walk = route or walking_route(village.centre, households)

        def make(place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            view = village_view(village, households, walk, place, language)
            data = village_data(village, place, language)
            return Head(village.name, view.description, image=card, data=data), {"v": view}

        def make_list(place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            view = print_view(village, households, walk, place, language)
            return Head(view.title, view.description, listed=False), {"p": view}

        sources = (village.source, *(one.source for one in households))
        return (
            *self._in_all(f"{village.slug}/", "village.html", make, sources),
            *self._in_all(f"{village.slug}/print/", "print.html", make_list, sources),
            *(page for old in village.formerly for page in self._former(old, village)),
        )

    def _former(self, old: str, village: PublicVillage) -> tuple[Artifact, ...]:
        def make(place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            new = place.to(f"{village.slug}/")
            title = language.say("village.moved")
            values = {"title": title, "new": new, "name": village.name}
            return Head(title, title, listed=False, refresh=new), values

        return self._in_all(f"{old}/", "redirect.html", make, (village.source,))

    def index(self, homes: Sequence[Home], card: str | None = None) -> tuple[Artifact, ...]:
        """Return the start pages: of one village its households, of several the list of villages."""
        villages = [village for village, _ in homes]
        everyone = [household for _, households in homes for household in households]

        def make(place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            lines = [village_line(*home, place, language, alone=len(homes) == 1) for home in homes]
            title = own(self._site.title, language)
            head = Head(
                "", language.say("index.description", title=title.text),
                image=card, data=site_data(villages, place, language),
            )  # fmt: skip
            return head, {
                "villages": lines,
                "title": title,
                "purpose": own(self._site.purpose, language),
                "picture": village_banner(everyone),
                "ripe": village_ripe(everyone, language),
                "total": language.count("village.households_count", len(everyone)),
                "search": site_finder(place, language),
            }

        sources = (*(village.source for village in villages), *(one.source for one in everyone))
        return self._in_all("", "index.html", make, sources)

    def privacy(self) -> tuple[Artifact, ...]:
        """Return the privacy pages in plain words."""

        def make(_place: Place, language: Language) -> tuple[Head, Mapping[str, object]]:
            head = Head(language.say("privacy.title"), language.say("privacy.description"))
            return head, {"ticks": TICKS, "purpose": own(self._site.purpose, language)}

        return self._in_all("privacy/", "privacy.html", make, ())

    def not_found(self) -> Artifact:
        """Return 404.html, one page with every language on it, where a mistyped code finds its household."""
        first = self._frame.languages[0].tag
        index = LostPlace(self._site, "", first).asset(search_path(first))
        return self._for_any_depth(LostPlace, "404.html", "lost", {"index": index})

    def offline(self) -> Artifact:
        """Return offline.html, which the service worker shows where there is no signal; every language on it."""
        return self._for_any_depth(OfflinePlace, "offline.html", "offline", {})

    def form(
        self, villages: Sequence[PublicVillage], fields: tuple[Field, ...], *, alone: bool = False
    ) -> Artifact:
        """Return the phone form, of which the team alone is told; `alone` if it lies on a phone and not in the site."""
        return form_page(self._frame, villages, fields, self._frame.languages[0], alone=alone)

    def worker_script(self) -> str:
        """Return the script of the service worker, which knows nothing of this site yet."""
        return str(self._frame.templates.script(worker.WORKER_SCRIPT))

    def _for_any_depth(
        self, kind: type[LostPlace], template: str, section: str, more: Mapping[str, object]
    ) -> Artifact:
        first, *_ = languages = self._frame.languages
        head = Head(first.say(f"{section}.title"), first.say(f"{section}.text"), listed=False)
        others = [(one, kind(self._site, "", one.tag)) for one in languages]
        values = {"others": others, **more}
        return self._frame.page(template, kind(self._site, "", first.tag), first, head, values, ())

    def _in_all(
        self, folder: str, template: str, make: _Maker, sources: Sequence[str]
    ) -> tuple[Artifact, ...]:
        return tuple(
            self._one(folder, template, make, sources, language) for language in self._frame.languages
        )

    def _one(
        self, folder: str, template: str, make: _Maker, sources: Sequence[str], language: Language
    ) -> Artifact:
        place = Place(self._site, folder, language.tag)
        head, values = make(place, language)
        return self._frame.page(template, place, language, head, values, sources)
