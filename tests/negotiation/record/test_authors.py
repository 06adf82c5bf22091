"""Who made a version is kept with it; a change of what somebody else has changed since is refused."""

from __future__ import annotations

import pytest

from evenhand.errors import ConflictError
from evenhand.negotiation.record import Author, Kept, Seen, add_goal, give_message, position, versions

DANA = Author("Dana <dana@cedar.example>", "request-1", "position", "the board said so")


def test_a_version_says_who_made_it(kept: Kept) -> None:
    position(kept.by(DANA), "office-visits", target="6 %")
    give_message(kept, "We want to stay.")

    last = versions.versions(kept.file)[-2:]

    assert [one.author for one in last] == [DANA, None], "the command line names nobody"


def test_an_undo_says_who_undid_it(kept: Kept) -> None:
    give_message(kept, "One.")
    kept.by(DANA).undo()

    assert versions.versions(kept.file)[-1].author == DANA


def test_who_and_text_come_in_one_rename(kept: Kept) -> None:
    give_message(kept.by(DANA), "One.")

    folder = versions.versions(kept.file)[-1].folder

    assert sorted(one.name for one in folder.iterdir()) == ["by", "text.yaml"]


def test_the_second_of_two_is_told_and_nothing_is_overwritten(kept: Kept) -> None:
    give_message(kept, "As both saw it.")
    mine = kept.unless_changed(Seen("the message", kept.state(), lambda found: found.message))
    give_message(kept, "The first.")

    with pytest.raises(ConflictError, match="the message was changed by somebody else since") as told:
        give_message(mine, "The second.")

    assert (told.value.was, told.value.now) == ("As both saw it.", "The first.")
    assert kept.read().message == "The first."


def test_a_change_elsewhere_in_the_file_is_no_conflict(kept: Kept) -> None:
    mine = kept.unless_changed(Seen("the message", kept.state(), lambda found: found.message))
    add_goal(kept, "Three years")

    give_message(mine, "Ours.")

    assert kept.read().message == "Ours."
    assert "Three years" in kept.read().goals


def test_a_state_nobody_kept_is_a_conflict(kept: Kept) -> None:
    mine = kept.unless_changed(Seen("the message", "0" * 16, lambda found: found.message))

    with pytest.raises(ConflictError):
        give_message(mine, "Ours.")


def test_an_undo_of_what_was_not_seen_is_refused(kept: Kept) -> None:
    state = kept.state()
    give_message(kept, "Newer.")

    with pytest.raises(ConflictError):
        kept.undo(since=state)

    assert kept.read().message == "Newer."
