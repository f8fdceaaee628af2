"""What every page has, whatever it is about: its head, its language switch, its dress; and how it is made.

template + place + language + head + values ──render──▶ Artifact(path, html, what it was made of)
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import Markup

from vuonho.artifact import Artifact
from vuonho.bilingual import Text
from vuonho.domain.public import PublicSite
from vuonho.errors import VuonhoError
from vuonho.render.pages.dress import Dress, dress
from vuonho.render.pages.icons import Icons
from vuonho.render.pages.language import Language
from vuonho.render.pages.place import LostPlace, Place
from vuonho.render.pages.templates import Templates
from vuonho.render.pages.view import own, team

SITE_SOURCE: Final = "site.yaml"


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself to browsers, search engines and link previews.

    `image` is a file below the site's root, 1200 by 630 px; `data` is JSON-LD ready to stand in the page.
    """

    title: str
    description: str
    listed: bool = True
    image: str | None = None
    refresh: str | None = None
    data: str = ""


class Frame:
    """The pages' common frame of one site. `template_folders`: the project's first, then the shipped ones."""

    def __init__(
        self, site: PublicSite, template_folders: tuple[Path, ...], languages: Mapping[str, Language]
    ) -> None:
        """Open the templates; raise VuonhoError where a language of the site has no catalogue."""
        missing = [tag for tag in site.languages if tag not in languages]
        if missing:
            raise _no_catalogue(missing[0])
        self.site = site
        self.languages = tuple(languages[tag] for tag in site.languages)
        self.templates = Templates(template_folders)
        self._dresses: dict[str, Dress] = {}

    def page(
        self,
        template: str,
        place: Place,
        language: Language,
        head: Head,
        values: Mapping[str, object],
        sources: Sequence[str],
    ) -> Artifact:
        """Return a page; `values` are what its template needs beyond the frame, `sources` what it shows."""
        icons = Icons(self.templates)
        worn = self._dress(template)
        frame = self._values(place, language, head) | {"icon": icons.use, "symbols": icons.symbols}
        html = self.templates.render(template, {**frame, "dress": worn, **values})
        made_of = (*sources, SITE_SOURCE, *self._made_of(template, language, (*worn.names, *icons.names)))
        return Artifact(place.path, html.encode("utf-8"), tuple(dict.fromkeys(made_of)))

    def _values(self, place: Place, language: Language, head: Head) -> dict[str, object]:
        title = own(self.site.title, language)
        return {
            "place": place,
            "head": head,
            "tag": language.tag,
            "say": language.say,
            "count": language.count,
            "site_title": title,
            "page_title": f"{head.title} · {title.text}" if head.title else title.text,
            "versions": tuple(self._versions(place)),
            "elsewhere": self._elsewhere(place),
            "team": team(self.site.team, language),
            "data": Markup(head.data),  # noqa: S704 - JSON without "<", ">" and "&"
        }

    def _versions(self, place: Place) -> Iterator[tuple[str, str, str, str]]:
        """Yield (tag, name in its own language, relative link, full address) of the page in each language."""
        for language in self.languages:
            there = place.elsewhere(language.tag)
            yield language.tag, language.say("language.name"), place.asset(there.address), there.url

    def _elsewhere(self, place: Place) -> str:
        """Return the tags of the languages to which a plaque's page may send its visitor on."""
        first, *others = (language.tag for language in self.languages)
        return " ".join(others) if place.tag == first and not isinstance(place, LostPlace) else ""

    def _dress(self, template: str) -> Dress:
        if template not in self._dresses:
            self._dresses[template] = dress(self.templates, template)
        return self._dresses[template]

    def _made_of(self, template: str, language: Language, more: tuple[str, ...]) -> Iterable[str]:
        names = (*self.templates.needed(template), *more)
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
