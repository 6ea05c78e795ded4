"""What holds for every conversation."""

from dataclasses import is_dataclass

from handlers.table import conversations


def test_drafts_are_frozen_for_they_are_read_once_for_everybody_who_has_the_same() -> None:
    drafts = [it.draft for it in conversations("the operator", str) if it.draft is not None]

    assert len(drafts) > 5
    assert all(is_dataclass(it) and it.__dataclass_params__.frozen for it in drafts)
