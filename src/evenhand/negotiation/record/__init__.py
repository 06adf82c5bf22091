"""A negotiation as data, kept with the book: issues, rounds, talks, promises; its calendar, readiness and signals."""

from __future__ import annotations

from evenhand.contracts.authors import Author
from evenhand.negotiation.record.changing import (
    NewRound,
    add_round,
    add_talk,
    add_talks,
    approve,
    believe,
    close_round,
    drop,
    give_notice,
    keep_promise,
    position,
    promise,
    settle,
)
from evenhand.negotiation.record.checking import check_kept
from evenhand.negotiation.record.escalating import (
    escalate,
    issues_as_listed,
    keep_brief,
    list_issues,
    say_tried,
    sign_off,
    take_back,
)
from evenhand.negotiation.record.issues import Standing, add_issue, stand
from evenhand.negotiation.record.keeping import keep_worths, keep_zone
from evenhand.negotiation.record.language import json_schema
from evenhand.negotiation.record.model import (
    Alternative,
    Approval,
    Belief,
    Commitment,
    EscalationSteps,
    Issue,
    Negotiation,
    Notice,
    Person,
    Proof,
    Round,
    Talk,
    Valuation,
    Zone,
)
from evenhand.negotiation.record.preparation import Calendar, calendar
from evenhand.negotiation.record.reading import check_negotiation, read_negotiation
from evenhand.negotiation.record.shelf import Kept, Seen, keep_new, negotiation, negotiations, place_for
from evenhand.negotiation.record.starting import begun_from
from evenhand.negotiation.record.stating import (
    add_goal,
    add_person,
    add_proof,
    give_message,
    remove_goal,
    remove_person,
    remove_proof,
)
from evenhand.negotiation.record.writing import whole_text

__all__ = [
    "Alternative",
    "Approval",
    "Author",
    "Belief",
    "Calendar",
    "Commitment",
    "EscalationSteps",
    "Issue",
    "Kept",
    "Negotiation",
    "NewRound",
    "Notice",
    "Person",
    "Proof",
    "Round",
    "Seen",
    "Standing",
    "Talk",
    "Valuation",
    "Zone",
    "add_goal",
    "add_issue",
    "add_person",
    "add_proof",
    "add_round",
    "add_talk",
    "add_talks",
    "approve",
    "begun_from",
    "believe",
    "calendar",
    "check_kept",
    "check_negotiation",
    "close_round",
    "drop",
    "escalate",
    "give_message",
    "give_notice",
    "issues_as_listed",
    "json_schema",
    "keep_brief",
    "keep_new",
    "keep_promise",
    "keep_worths",
    "keep_zone",
    "list_issues",
    "negotiation",
    "negotiations",
    "place_for",
    "position",
    "promise",
    "read_negotiation",
    "remove_goal",
    "remove_person",
    "remove_proof",
    "say_tried",
    "settle",
    "sign_off",
    "stand",
    "take_back",
    "whole_text",
]
