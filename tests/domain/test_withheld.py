"""The other side of consent: what `verify` looks for, held against what consent keeps back."""

from canary_kit import PROFILE, TICKS, Profile, with_ticks
from case_kit import each
from consent_kit import SETS, household
from vuonho.model.private_values import shown, withheld

STORY, WAY, SEEN = PROFILE["story"], PROFILE["location"]["directions"], PROFILE["photos"][1]["caption"]
BEHIND = {
    "full_name": {("full_name", PROFILE["head"])},
    "phone": {("phone", PROFILE["contact"]["phone"])},
    "exact_point": {("point", "18.137291, 105.778463"), ("directions", WAY["vi"]), ("directions", WAY["en"])},
    "faces": {("caption", SEEN["vi"]), ("caption", SEEN["en"])},
    "story": {("story", STORY["vi"]), ("story", STORY["en"])},
    "links": {("link", PROFILE["links"][0])},
}
ALWAYS = {("full_name", PROFILE["consent"]["by"])}


def not_agreed() -> Profile:
    """The whole household with every tick and no date."""
    profile = with_ticks(TICKS)
    profile["consent"]["given"] = None
    return profile


@each("ticks", SETS, ids=lambda ticks: "+".join(sorted(ticks)) or "none")
def test_what_is_not_ticked_is_looked_for(ticks: frozenset[str]) -> None:
    """Every value that can be known again is either ticked or withheld, never both."""
    back = set(withheld(household(with_ticks(ticks))))
    assert ALWAYS.union(*(BEHIND[tick] for tick in BEHIND if tick not in ticks)) == back
    public = set(shown(household(with_ticks(ticks))))
    assert set().union(*(BEHIND[tick] for tick in BEHIND if tick in ticks)) <= public
    assert set() == public & back


def test_before_consent_everything_is_looked_for() -> None:
    """A household that has not agreed has nothing public, not even its chosen name, whatever is ticked."""
    back = set(withheld(household(not_agreed())))
    assert ALWAYS.union(*BEHIND.values()) <= back
    assert {"Vườn nhà Zúmkhẽo", "Ngõ Fộtzằng 71", PROFILE["photos"][0]["caption"]["vi"]} <= {
        value for _, value in back
    }
    assert list(shown(household(not_agreed()))) == []


def test_who_agreed_is_no_secret_where_it_is_the_name_shown() -> None:
    """The one who agreed is looked for unless it is the chosen name or the head, who has a tick."""
    profile = with_ticks(["full_name"])
    profile["consent"]["by"] = PROFILE["head"]
    assert set() == {kind for kind, _ in withheld(household(profile))} & {"full_name"}
