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


def came(theirs: dict[str, Any], base: dict[str, Any] | None = None, **options: bool) -> Merged:
    return merge(OURS, theirs, base, **options)


@each(
    "theirs",
    [
        {"garden": {"area": "1800"}},
        {"garden": {"area": "3,6 sào"}},
        {"consent": {"publish": ["câu chuyện", "Số điện thoại và Zalo"], "given": "20/10/2026"}},
        {"contact": {"phone": "+84 570012345"}, "checked": "2/11/2026"},
        {"garden": {"crops": [{"name": "cam bù"}, {"name": "Bưởi Phúc Trạch", "trees": "60"}]}},
        {"story": {"vi": "Chuyện cũ."}},
        {"story": "", "living": {}, "products": []},
    ],
)
def test_what_means_the_same_is_no_change(theirs: dict[str, Any]) -> None:
    """The profile stays as it is written."""
    assert came(theirs) == Merged(OURS, (), ())


def test_a_value_is_filled_in_or_changed() -> None:
    """Both are told, old and new."""
    merged = came({"garden": {"area": "2000", "irrigation": "drip"}, "head": "Nguyễn Thị Hường"})
    assert set(merged.changes) == {
        Change(("garden", "area"), "1.800 m2", "2000"),
        Change(("garden", "irrigation"), None, "drip"),
        Change(("head",), None, "Nguyễn Thị Hường"),
    }
    assert merged.values["garden"] == OURS["garden"] | {"area": "2000", "irrigation": "drip"}
    assert merged.kept == ()


def test_an_older_file_fills_but_does_not_undo() -> None:
    """What the profile has stays and is named; with `overwrite` the file wins."""
    theirs = {"garden": {"area": "2000", "irrigation": "drip"}}
    merged = came(theirs, profile_is_newer=True)
    assert merged.kept == (Change(("garden", "area"), "1.800 m2", "2000"),)
    assert merged.changes == (Change(("garden", "irrigation"), None, "drip"),)
    forced = came(theirs, profile_is_newer=True, overwrite=True)
    assert (len(forced.changes), forced.kept) == (2, ())


def test_entries_without_a_base_are_added_and_changed_but_none_goes() -> None:
    """A form that names one new crop takes no other away."""
    merged = came({"garden": {"crops": [{"name": "Chè"}, {"name": "CAM BÙ", "trees": "20"}]}})
    assert merged.changes == (
        Change(("garden", "crops", "trees"), None, "20", "Cam bù"),
        Change(("garden", "crops"), None, {"name": "Chè"}, "Chè"),
    )
    garden = merged.values["garden"]
    assert isinstance(garden, dict)
    first, second, third = OURS["garden"]["crops"]
    assert garden["crops"] == [first, {"name": second, "trees": "20"}, third, "Chè"]


def test_with_a_base_only_what_was_touched_counts() -> None:
    """The profile went on since; a cell nobody touched does not set it back."""
    base = OURS | {"name": "Vườn cũ", "garden": {"area": "900"}}
    merged = came({"name": "Vườn cũ", "garden": {"area": "950"}, "head": None}, base)
    assert merged.values["name"] == "Vườn bà Hường"
    assert merged.kept == (Change(("garden", "area"), "1.800 m2", "950"),)
    assert merged.changes == ()


def test_with_a_base_an_emptied_cell_takes_away() -> None:
    """On purpose, since it was filled when the file was made."""
    merged = came({"contact": {"phone": None}, "story": {"vi": None, "en": None}}, OURS)
    assert merged.changes == (
        Change(("contact", "phone"), "0570 012 345", None),
        Change(("story", "vi"), "Chuyện cũ.", None),
    )
    assert {"contact", "story"}.isdisjoint(merged.values)


def test_with_a_base_a_row_that_is_gone_takes_its_entry_along() -> None:
    """And a changed row changes it, and a new one comes."""
    crops = [{"name": "Cam bù", "trees": "5"}, {"name": "Bưởi Phúc Trạch", "trees": "60"}, {"name": "Mít"}]
    merged = came({"garden": {"crops": crops}}, OURS)
    garden = merged.values["garden"]
    assert isinstance(garden, dict)
    assert garden["crops"] == [
        {"name": "Cam bù", "trees": "5"}, {"name": "Bưởi Phúc Trạch", "trees": "60"}, "Mít",
    ]  # fmt: skip
    told = [(change.entry, change.old is None, change.new is None) for change in merged.changes]
    assert ("Rau cải", False, True) in told
    assert ("Mít", True, False) in told


def test_the_order_of_the_file_counts_where_only_the_file_changed_it() -> None:
    """Rows that were sorted in the workbook; not where the profile has another order since."""
    one, two, three = OURS["garden"]["crops"]
    theirs = {"garden": {"crops": [three, one, two]}}
    assert came(theirs, OURS).values["garden"] == OURS["garden"] | theirs["garden"]
    base = OURS | {"garden": {"crops": [two, one, three]}}
    assert came(theirs, base).values == OURS


def test_a_row_that_is_gone_leaves_an_entry_that_changed_since() -> None:
    """It is named instead."""
    base = OURS | {"garden": {"crops": [{"name": "Cam bù", "trees": "3"}, *OURS["garden"]["crops"][::2]]}}
    merged = came({"garden": {"crops": OURS["garden"]["crops"][::2]}}, base)
    assert merged.values == OURS
    assert [change.entry for change in merged.kept] == ["Cam bù"]


def test_two_entries_of_one_name_are_two() -> None:
    """Two plots of oranges, of which one grew."""
    ours: dict[str, Any] = {
        "garden": {"crops": [{"name": "Cam", "area": "100"}, {"name": "Cam", "area": "200"}]}
    }
    theirs: dict[str, Any] = {
        "garden": {"crops": [{"name": "Cam", "area": "100"}, {"name": "Cam", "area": "300"}]}
    }
    merged = merge(ours, theirs, ours)
    assert merged.values == theirs
    assert merged.changes == (Change(("garden", "crops", "area"), "200", "300", "Cam"),)


def test_a_language_is_added_beside_the_other() -> None:
    """The Vietnamese stays as it was typed."""
    merged = came({"story": {"en": "An old story."}})
    assert merged.values["story"] == {"vi": "Chuyện cũ.", "en": "An old story."}
    assert merged.changes == (Change(("story", "en"), None, "An old story."),)


def test_a_value_of_another_shape_goes_on_to_the_schema() -> None:
    """It is not dropped here; the profile that comes of it is judged as a whole."""
    merged = came({"garden": "rộng lắm", "nonsense": {"x": "1"}})
    assert merged.values["garden"] == "rộng lắm"
    assert merged.values["nonsense"] == {"x": "1"}


def incoming(values: dict[str, Any]) -> Incoming:
    return Incoming(values, "thon", {})


def test_a_later_consent_takes_the_place_of_the_whole() -> None:
    """A tick that was not given again is gone."""
    told = {"given": "2026-11-10", "by": "Nguyễn Thị Hường", "how": "form", "publish": ["story"]}
    merged = merge_incoming(OURS, incoming({"consent": told, "checked": "2026-11-10"}), overwrite=False)
    assert merged.values["consent"] == told
    assert Change(("consent", "publish"), ["phone", "story"], ["story"]) in merged.changes


def test_a_later_consent_to_nothing_takes_every_tick() -> None:
    """The family said no to each."""
    told = {"given": "2026-11-10", "by": "Nguyễn Thị Hường", "how": "form"}
    merged = merge_incoming(OURS, incoming({"consent": told, "checked": "2026-11-10"}), overwrite=False)
    assert merged.values["consent"] == told


def test_an_earlier_consent_undoes_nothing() -> None:
    """It is named, and the later one stays."""
    told = {"given": "2026-09-01", "publish": ["phone", "story", "exact_point"]}
    merged = merge_incoming(OURS, incoming({"consent": told, "checked": "2026-11-10"}), overwrite=False)
    assert merged.values["consent"] == OURS["consent"]
    assert [change.path for change in merged.kept] == [("consent", "given"), ("consent", "publish")]


def test_a_consent_of_the_same_day_adds_no_tick() -> None:
    """The family may have taken it back since; what it took away is taken away."""
    told = {"given": "2026-10-20", "by": "Nguyễn Thị Hường", "how": "paper", "publish": ["phone", "prices"]}
    merged = merge_incoming(OURS, incoming({"consent": told, "checked": "2026-11-10"}), overwrite=False)
    consent = merged.values["consent"]
    assert isinstance(consent, dict)
    assert consent["publish"] == ["phone"]
    assert merged.kept == (Change(("consent", "publish"), ["phone", "story"], ["phone", "prices"]),)


def test_a_consent_emptied_since_is_not_filled_again() -> None:
    """The profile is newer; with `overwrite` the file wins."""
    ours = OURS | {"consent": {"given": None, "by": None}}
    told = {"given": "2026-10-20", "publish": ["phone"]}
    came_in = incoming({"consent": told, "checked": "2026-10-20"})
    merged = merge_incoming(ours, came_in, overwrite=False)
    assert (merged.values, [change.path[-1] for change in merged.kept]) == (
        ours,
        ["checked", "given", "publish"],
    )
    forced = merge_incoming(ours, came_in, overwrite=True).values["consent"]
    assert isinstance(forced, dict)
    assert forced["given"] == "2026-10-20"


def test_a_first_consent_comes_in() -> None:
    """The profile was begun by hand, and nobody had been asked yet."""
    ours = OURS | {"consent": {}, "checked": "2026-11-01"}
    told = {"given": "2026-11-05", "publish": ["phone"]}
    assert (
        merge_incoming(ours, incoming({"consent": told, "checked": "2026-11-05"}), overwrite=False).values[
            "consent"
        ]
        == told
    )


def test_ticks_are_merged_one_by_one() -> None:
    """A no on either side stays a no, a new yes comes in, and nothing comes back by itself."""
    base = OURS | {"consent": OURS["consent"] | {"publish": ["phone", "story", "prices", "links"]}}
    theirs = {"consent": {"publish": ["story", "prices", "links", "faces"]}}
    for overwrite in (False, True):
        merged = came(theirs, base, overwrite=overwrite)
        consent = merged.values["consent"]
        assert isinstance(consent, dict)
        assert (consent["publish"], merged.kept) == (["story", "faces"], ())


def test_an_older_file_brings_no_entry_back() -> None:
    """It may have been taken out since; it is named."""
    theirs = {"garden": {"crops": ["Ổi"]}}
    merged = came(theirs, profile_is_newer=True)
    assert (merged.values, [change.entry for change in merged.kept]) == (OURS, ["Ổi"])


def test_a_form_without_consent_leaves_the_recorded_one() -> None:
    """Nobody asked the family that day."""
    merged = merge_incoming(
        OURS, incoming({"consent": {"publish": ["prices"]}, "checked": "2026-11-10"}), overwrite=False
    )
    assert merged.values["consent"] == OURS["consent"]


def test_an_older_form_is_known_by_its_day() -> None:
    """Checked before the profile was."""
    merged = merge_incoming(OURS, incoming({"name": "Tên cũ", "checked": "1/11/2026"}), overwrite=False)
    assert merged.values == OURS
    assert [change.path for change in merged.kept] == [("name",), ("checked",)]


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
