"""Recovery: what a killed run has left is finished or taken back before anything else is done."""

from contextlib import suppress
from pathlib import Path

from vuonho.bilingual import Text
from vuonho.errors import MachineTrouble, Refused
from vuonho.output.batch import finish_together, is_unfinished
from vuonho.output.erasing import erase_noted, has_erasures
from vuonho.output.files import is_folder, is_regular, read_regular, remove, stat_path
from vuonho.output.lock import STATE, locked
from vuonho.output.troubles import in_words
from vuonho.output.uninterrupted import uninterrupted
from vuonho.output.writing.commit import Summary, beyond_repair, carry_out, check_ready
from vuonho.output.writing.journal import Journal, parse_journal
from vuonho.output.writing.place import Place, find_place
from vuonho.output.writing.staging import discard, leftovers, read_intent


def recover(project: Path) -> tuple[Summary, ...]:
    """Return what was finished of builds that had been interrupted; usually nothing.

    Files that were being replaced together come first.

    A build past its commit point is finished, any other is taken back. With nothing to do this costs a
    look at the state folder and writes nothing, so that it works in a project that cannot be written.
    Raises MachineTrouble if a commit cannot be finished.
    """
    with in_words(project):
        is_cut_off = is_unfinished(project)
    if is_cut_off:
        with locked(project):
            finish_together(project)
    _erase(project)
    with in_words(project):
        unfinished = _unfinished(project)
    if not unfinished:
        return ()
    if any(is_regular(stat_path(place.journal)) for place in unfinished):
        with locked(project):
            return _recover_all(project)
    try:
        with locked(project, wait=0):
            return _recover_all(project)
    except MachineTrouble:
        return ()  # at work just now, or in the way of nobody: the next build sees to it


def is_cut_off(project: Path) -> bool:
    """Tell whether a run that was interrupted waits to be finished or taken back; raise MachineTrouble."""
    with in_words(project):
        return is_unfinished(project) or bool(_unfinished(project))


def _erase(project: Path) -> None:
    """Remove what a withdrawal was to remove and was cut off from; what another program has open waits on."""
    if has_erasures(project):
        with suppress(MachineTrouble), locked(project, wait=0):
            erase_noted(project)


def _recover_all(project: Path) -> tuple[Summary, ...]:
    with in_words(project):
        done = [_recover(place) for place in _unfinished(project)]
    return tuple(summary for summary in done if summary is not None)


def _unfinished(project: Path) -> tuple[Place, ...]:
    states = project / STATE / "out"
    if not is_folder(stat_path(states)):
        return ()
    places = (_state_place(project, state) for state in sorted(states.iterdir()) if state.is_dir())
    return tuple(place for place in places if _is_unfinished(place))


def _state_place(project: Path, state: Path) -> Place:
    """Return a place that knows its state folder only."""
    return Place(project.resolve(), project.resolve(), "", state.resolve())


def _is_unfinished(place: Place) -> bool:
    signs = {place.journal, place.intent, place.staging_places()[0], *leftovers(place)}
    return any(path in signs for path in place.state.iterdir())


def _recover(place: Place) -> Summary | None:
    content = read_regular(place.journal) if is_regular(stat_path(place.journal)) else None
    if content is None:
        with uninterrupted():
            discard(_known(place, _label_of_intent(place)))
        return None
    journal = parse_journal(content)
    if journal is None:
        raise beyond_repair(_known(place, place.state.name))
    return roll_forward(_known(place, journal.out), journal)


def _label_of_intent(place: Place) -> str:
    intent = read_intent(place)
    return "" if intent is None else intent.out


def _known(place: Place, label: str) -> Place:
    """Return the place with its output folder; without a label the state folder alone."""
    if not label:
        return place
    return Place(place.project, place.project / label, label, place.state)


def roll_forward(place: Place, journal: Journal) -> Summary | None:
    """Return what finishing an interrupted commit did; None if its output folder is deleted since."""
    try:
        safe = find_place(place.project, place.out)
    except Refused as error:
        raise beyond_repair(place) from error
    if safe.state != place.state:
        raise beyond_repair(place)
    with uninterrupted():
        if _was_deleted(safe):
            remove(safe.journal)
            remove(safe.manifest)
            summary = None
        else:
            check_ready(safe, journal)
            summary = carry_out(safe, journal)
        discard(safe)
    return summary


def _was_deleted(place: Place) -> bool:
    if stat_path(place.out) is not None:
        return False
    if not is_folder(stat_path(place.out.parent)):
        raise MachineTrouble(
            Text(f"Không thấy ổ đĩa chứa {place.out}.", f"The disk that holds {place.out} is missing."),
            Text("Hãy cắm ổ đĩa ấy vào rồi làm lại.", "Plug that disk in, then try again."),
        )
    return True
