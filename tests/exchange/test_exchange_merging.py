"""What comes of a profile and a file: values by meaning, three ways where there is a base, nothing newer undone."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from case_kit import each
from vuonho.forms.incoming import Incoming
from vuonho.importing.merge import Change, Merged, merge, merge_incoming

OURS: dict[str, Any] = {
    "code": "482135",
    "name": "Vườn bà Hường",
    "consent": {
        "given": "2026-10-20",
        "by": "Nguyễn Thị Hường",
        "how": "paper",
        "publish": ["phone", "story"],
    },
    "location": {"address": "Xóm Đông", "point": "18.1261, 105.7612"},
    "garden": {
        "area": "1.800 m2",
        "crops": [{"name": "Bưởi Phúc Trạch", "trees": "60"}, "Cam bù", {"name": "Rau cải", "area": "200"}],
    },
    "contact": {"phone": "0570 012 345"},
    "story": "Chuyện cũ.",
    "checked": "2026-11-02",
}


FIRST, SECOND, THIRD = OURS["garden"]["crops"]


def came(theirs: dict[str, Any], base: dict[str, Any] | None = None, **options: Any) -> Merged:
    return merge(OURS, theirs, base, **options)


def crops(*entries: Any) -> dict[str, Any]:
    return {"garden": {"crops": [*entries]}}


def consent(merged: Merged) -> Any:
    return merged.values["consent"]


@each(
    "theirs",
    [
        {"garden": {"area": "1800"}},
        {"garden": {"area": "3,6 sào"}},
        {"consent": {"publish": ["câu chuyện", "Số điện thoại và Zalo"], "given": "20/10/2026"}},
        {"contact": {"phone": "+84 570012345"}, "checked": "2/11/2026"},
        crops({"name": "cam bù"}, {"name": "Bưởi Phúc Trạch", "trees": "60"}),
        {"story": {"vi": "Chuyện cũ."}},
        {"story": "", "living": {}, "products": []},
    ],
)
def test_what_means_the_same_is_no_change(theirs: dict[str, Any]) -> None:
    """The profile stays as it is written."""
    assert came(theirs) == Merged(OURS, (), ())


AREA = Change(("garden", "area"), "1.800 m2", "2000")
DRIP = Change(("garden", "irrigation"), None, "drip")


@each(
    ("theirs", "base", "options", "changes", "kept"),
    [
        # a value is filled in or changed; an older file fills but does not undo, unless it shall
        ({"garden": {"area": "2000", "irrigation": "drip"}}, None, {}, [AREA, DRIP], []),
        ({"garden": {"area": "2000", "irrigation": "drip"}}, None, {"profile_is_newer": True}, [DRIP], [AREA]),
        ({"garden": {"area": "2000"}}, None, {"profile_is_newer": True, "overwrite": True}, [AREA], []),
        # without a base entries are added and changed, and none goes; an older file brings none back
        (crops({"name": "Chè"}, {"name": "CAM BÙ", "trees": "20"}), None, {},
         [Change(("garden", "crops", "trees"), None, "20", "Cam bù"), Change(("garden", "crops"), None, {"name": "Chè"}, "Chè")], []),
        (crops("Ổi"), None, {"profile_is_newer": True}, [], [Change(("garden", "crops"), None, "Ổi", "Ổi")]),
        # with a base only what was touched counts; the emptied goes, unless it changed since
        ({"name": "Vườn cũ", "garden": {"area": "950"}, "head": None}, OURS | {"name": "Vườn cũ", "garden": {"area": "900"}}, {},
         [], [Change(("garden", "area"), "1.800 m2", "950")]),
        ({"contact": {"phone": None}, "story": {"vi": None, "en": None}}, OURS, {},
         [Change(("contact", "phone"), "0570 012 345", None), Change(("story", "vi"), "Chuyện cũ.", None)], []),
        (crops(FIRST, THIRD), OURS, {}, [Change(("garden", "crops"), "Cam bù", None, "Cam bù")], []),
        (crops(FIRST, THIRD), OURS | crops({"name": "Cam bù", "trees": "3"}, FIRST, THIRD), {},
         [], [Change(("garden", "crops"), "Cam bù", None, "Cam bù")]),
        # a language stands beside the other; a value of another shape goes on to the schema
        ({"story": {"en": "An old story."}}, None, {}, [Change(("story", "en"), None, "An old story.")], []),
        ({"garden": "rộng lắm", "nonsense": {"x": "1"}}, None, {},
         [Change(("garden",), OURS["garden"], "rộng lắm"), Change(("nonsense",), None, {"x": "1"})], []),
    ],
)  # fmt: skip
def test_what_is_taken_and_what_is_kept(
    theirs: dict[str, Any], base: Any, options: dict[str, bool], changes: list[Change], kept: list[Change]
) -> None:
    """Both are told, old and new; nothing else changes."""
    merged = came(theirs, base, **options)
    assert ([*merged.changes], [*merged.kept]) == (changes, kept)
    assert (merged.values == OURS) == (not changes)


def test_values_come_out_in_the_profiles_form() -> None:
    """A crop that is only a name stays one; what is emptied leaves; Vietnamese stays beside another language."""
    merged: Any = came(crops({"name": "Chè"}, {"name": "CAM BÙ", "trees": "20"})).values
    assert (
        merged["garden"]
        == OURS["garden"] | crops(FIRST, {"name": SECOND, "trees": "20"}, THIRD, "Chè")["garden"]
    )
    assert came({"story": {"en": "An old story."}}).values["story"] == {
        "vi": "Chuyện cũ.",
        "en": "An old story.",
    }
    emptied = came({"contact": {"phone": None}, "story": {"vi": None, "en": None}}, OURS).values
    assert {"contact", "story"}.isdisjoint(emptied)


def test_entries_of_a_list_with_a_base() -> None:
    """Rows changed, gone, new; the file's order where only the file changed it; two of one name are two."""
    told = crops({"name": "Cam bù", "trees": "5"}, FIRST, {"name": "Mít"})
    merged: Any = came(told, OURS)
    assert merged.values["garden"]["crops"] == [{"name": "Cam bù", "trees": "5"}, FIRST, "Mít"]
    gone_or_new = {(change.entry, change.old is None, change.new is None) for change in merged.changes}
    assert {("Rau cải", False, True), ("Mít", True, False)} <= gone_or_new
    sorted_ = crops(THIRD, FIRST, SECOND)
    assert came(sorted_, OURS).values["garden"] == OURS["garden"] | sorted_["garden"]
    assert came(sorted_, OURS | crops(SECOND, FIRST, THIRD)).values == OURS
    ours, theirs = (
        crops({"name": "Cam", "area": "100"}, {"name": "Cam", "area": more}) for more in ("200", "300")
    )
    assert merge(ours, theirs, ours) == Merged(
        theirs, (Change(("garden", "crops", "area"), "200", "300", "Cam"),), ()
    )


def asked(ours: dict[str, Any], told: Any, checked: str = "2026-11-10", *, overwrite: bool = False) -> Merged:
    """Return what comes of a consent in a file without a base."""
    return merge_incoming(
        ours, Incoming({"consent": told, "checked": checked}, "thon", {}), overwrite=overwrite
    )


def test_of_two_consents_the_later_counts_whole() -> None:
    """A tick that was not given again is gone; an earlier one undoes nothing and is named; a first one comes in."""
    later = {"given": "2026-11-10", "by": "Nguyễn Thị Hường", "how": "form", "publish": ["story"]}
    merged = asked(OURS, later)
    assert consent(merged) == later
    assert Change(("consent", "publish"), ["phone", "story"], ["story"]) in merged.changes
    no_tick = {key: value for key, value in later.items() if key != "publish"}
    assert consent(asked(OURS, no_tick)) == no_tick
    merged = asked(OURS, {"given": "2026-09-01", "publish": ["phone", "story", "exact_point"]})
    assert consent(merged) == OURS["consent"]
    assert [change.path for change in merged.kept] == [("consent", "given"), ("consent", "publish")]
    first = {"given": "2026-11-05", "publish": ["phone"]}
    assert consent(asked(OURS | {"consent": {}, "checked": "2026-11-01"}, first, "2026-11-05")) == first


def test_no_consent_comes_back_by_itself() -> None:
    """Of one day it adds no tick; emptied since, it is not filled; a form that did not ask leaves the recorded one."""
    told = {"given": "2026-10-20", "by": "Nguyễn Thị Hường", "how": "paper", "publish": ["phone", "prices"]}
    merged = asked(OURS, told)
    assert consent(merged)["publish"] == ["phone"]
    assert merged.kept == (Change(("consent", "publish"), ["phone", "story"], ["phone", "prices"]),)
    emptied = OURS | {"consent": {"given": None, "by": None}}
    before = {"given": "2026-10-20", "publish": ["phone"]}
    merged = asked(emptied, before, "2026-10-20")
    assert (merged.values, [change.path[-1] for change in merged.kept]) == (
        emptied,
        ["checked", "given", "publish"],
    )
    assert consent(asked(emptied, before, "2026-10-20", overwrite=True))["given"] == "2026-10-20"
    assert consent(asked(OURS, {"publish": ["prices"]})) == OURS["consent"]


def test_ticks_are_merged_one_by_one() -> None:
    """A no on either side stays a no, a new yes comes in, and nothing comes back by itself."""
    base = OURS | {"consent": OURS["consent"] | {"publish": ["phone", "story", "prices", "links"]}}
    theirs = {"consent": {"publish": ["story", "prices", "links", "faces"]}}
    for overwrite in (False, True):
        merged = came(theirs, base, overwrite=overwrite)
        assert (consent(merged)["publish"], merged.kept) == (["story", "faces"], ())


def test_an_older_form_is_known_by_its_day() -> None:
    """Checked before the profile was."""
    older = Incoming({"name": "Tên cũ", "checked": "1/11/2026"}, "thon", {})
    merged = merge_incoming(OURS, older, overwrite=False)
    assert (merged.values, [change.path for change in merged.kept]) == (OURS, [("name",), ("checked",)])


TEXT = st.sampled_from(["", "a", "b", "1800", "1.800 m2", "Bưởi"])
RECORD = st.fixed_dictionaries(
    {},
    optional={
        "name": TEXT,
        "story": TEXT | st.fixed_dictionaries({}, optional={"vi": TEXT, "en": TEXT}),
        "garden": st.fixed_dictionaries(
            {},
            optional={
                "area": TEXT,
                "crops": st.lists(
                    TEXT | st.fixed_dictionaries({"name": TEXT}, optional={"trees": TEXT}), max_size=3
                ),
            },
        ),
        "links": st.lists(TEXT, max_size=2),
    },
)


@given(ours=RECORD, theirs=RECORD)
def test_no_changes_told_means_no_values_changed(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    """And a file that is equal to its base and to the profile never changes anything."""
    merged = merge(ours, theirs, None)
    if not merged.changes:
        assert merged.values == ours
    assert merge(ours, ours, ours) == Merged(ours, (), ())
    assert merge(ours, theirs, theirs).values == ours


@given(ours=RECORD, theirs=RECORD)
def test_what_was_taken_is_taken_once(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    """The same file again changes nothing."""
    once = merge(ours, theirs, None)
    assert merge(once.values, theirs, None).changes == ()
