"""A negotiation's file: everything wrong at once, with its line; what is written reads back the same."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.errors import ContractError, Log
from evenhand.negotiation.record import Kept, json_schema, whole_text
from evenhand.negotiation.record.model import (
    Alternative,
    Approval,
    Attachment,
    Belief,
    Commitment,
    Integration,
    Issue,
    Negotiation,
    Notice,
    Person,
    Proof,
    Provider,
    Round,
    Talk,
    Zone,
)
from evenhand.negotiation.record.reading import negotiation_of
from evenhand.negotiation.record.values import in_order, measured
from evenhand.negotiation.record.writing import changed_text

HEAD = """\
negotiation: Summit 2027
side: provider
contract: ../../contracts/summit
provider: Cedar Ridge
payer: Summit Health
"""


def problems(text: str) -> list[str]:
    log = Log("negotiation.yaml")
    assert negotiation_of(text, log) is None
    return [str(problem) for problem in log.problems]


def test_all_problems_at_once_with_line_and_what_would_be_right() -> None:
    found = problems(
        "negotiation: Summit 2027\nsid: provider\ncontract: x\nprovider: a\npayer: b\n"
        "issues:\n  - id: fee\n    targt: 5 %\n  - {id: fee}\nrounds:\n"
        "  - {number: 2, date: 2026-13-01, by: we, answers: 5}\n"
    )
    assert found == [
        "negotiation.yaml:2: 'sid' is not known in negotiation; did you mean 'side'?",
        "negotiation.yaml:8: 'targt' is not known in issue; did you mean 'target'?",
        "negotiation.yaml:11: date: '2026-13-01' is not a date; write it like 2025-01-31",
        "negotiation.yaml:11: by: 'we' is not known; write us or them",
        "negotiation.yaml:7: two issues have the id 'fee'; give each its own id",
        "negotiation.yaml:9: two issues have the id 'fee'; give each its own id",
        "negotiation.yaml:11: round 2 answers 5, which is no earlier round; "
        "name the number of the offer it answers, or drop the key",
    ]


def test_what_is_missing_is_named_with_an_example() -> None:
    assert "negotiation.yaml:1: negotiation has no 'side'; add 'side: provider'" in problems("negotiation: x\n")
    assert problems("") == ["negotiation.yaml: the file is empty; start with 'negotiation: NAME'"]


def test_a_target_outside_opening_and_walk_away_is_doubted() -> None:
    log = Log("negotiation.yaml")
    found = negotiation_of(HEAD + "issues:\n  - {id: fee, opening: 8 %, target: 9 %, walk_away: 3 %}\n", log)
    assert found is not None
    assert [str(one) for one in log.problems] == [
        "negotiation.yaml:7: fee: the target 9 % is not between opening and walk-away; give a value from 8 % to 3 %"
    ]


def test_positions_are_compared_by_number_and_unit() -> None:
    assert in_order("60 days", "45 days", "30 days")
    assert in_order("$1,250.00", "$1,300", "$1,200") is False
    assert in_order("60 days", "2 months", "30 days") is None
    assert in_order("full", "limited", "none") is None
    assert measured("-2.5 %") == measured("-2.50%")
    assert in_order("140 % of Medicare", "130 % of medicare", "125 % of  medicare")
    assert in_order("140 % of Medicare", "70 % of charges", "125 % of Medicare") is None
    assert in_order("$1,250 per case", "$1,200 per case", "$90 per day") is None


WORDS = (
    st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
MAYBE = st.one_of(st.just(""), WORDS)
MONEY = st.decimals(-(10**9), 10**9, places=2)
HASHES = st.text("0123456789abcdef", min_size=64, max_size=64)
BELIEFS = st.builds(Belief, MAYBE, MAYBE, MAYBE, st.sampled_from(["guessed", "likely", "stated"]), DAYS, MAYBE)
ISSUES = st.lists(
    st.builds(
        Issue,
        st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True),
        MAYBE,
        kind=st.sampled_from(["rate", "language", "term"]),
        terms=st.lists(WORDS, max_size=3).map(tuple),
        provision=MAYBE,
        today=MAYBE,
        opening=MAYBE,
        target=MAYBE,
        walk_away=MAYBE,
        weight=st.one_of(st.none(), st.decimals(0, 100, places=2)),
        theirs=st.one_of(st.just(Belief()), BELIEFS),
        status=st.sampled_from(["open", "agreed", "dropped"]),
    ),
    max_size=4,
    unique_by=lambda one: one.id,
).map(tuple)
NUMBERS = st.lists(st.integers(1, 99), max_size=4, unique=True).map(sorted)
NEGOTIATIONS = st.builds(
    Negotiation,
    WORDS,
    st.sampled_from(["provider", "payer"]),
    WORDS,
    WORDS,
    WORDS,
    opened=st.one_of(st.none(), DAYS),
    providers=st.lists(st.builds(Provider, WORDS, MAYBE, MAYBE), max_size=2).map(tuple),
    integration=st.one_of(st.none(), st.builds(Integration, st.sampled_from(["financial", "clinical"]), WORDS)),
    people=st.lists(st.builds(Person, WORDS, st.sampled_from(["us", "them"]), approves=st.booleans()), max_size=2).map(
        tuple
    ),
    goals=st.lists(WORDS, max_size=3).map(tuple),
    value=st.lists(st.builds(Proof, WORDS, MAYBE, MAYBE, MAYBE), max_size=2).map(tuple),
    issues=ISSUES,
    alternatives=st.lists(st.builds(Alternative, WORDS, st.one_of(st.none(), MONEY), DAYS), max_size=2).map(tuple),
    zone=st.one_of(st.none(), st.builds(Zone, MONEY, MONEY, MONEY, st.decimals(0, 1, places=4))),
    rounds=NUMBERS.flatmap(
        lambda numbers: st.tuples(
            *(st.builds(Round, st.just(n), DAYS, st.sampled_from(["us", "them"]), MAYBE, HASHES) for n in numbers)
        )
    ),
    talks=st.lists(
        st.builds(
            Talk,
            DAYS,
            st.just("call"),
            st.lists(WORDS, max_size=2).map(tuple),
            MAYBE,
            st.lists(st.builds(Attachment, WORDS, HASHES), max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    commitments=NUMBERS.flatmap(
        lambda numbers: st.tuples(*(st.builds(Commitment, st.just(n), WORDS, WORDS, DAYS) for n in numbers))
    ),
    approvals=st.lists(st.builds(Approval, WORDS, st.just("targets"), st.none()), max_size=2).map(tuple),
    notices=st.lists(st.builds(Notice, st.just("members"), st.just("them"), DAYS), max_size=2).map(tuple),
    message=MAYBE,
)


@given(NEGOTIATIONS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_what_is_written_reads_back_equal(negotiation: Negotiation) -> None:
    text = whole_text(negotiation)
    assert negotiation_of(text, Log("negotiation.yaml")) == negotiation


@given(NEGOTIATIONS, NEGOTIATIONS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_change_of_a_file_says_what_was_meant(before: Negotiation, after: Negotiation) -> None:
    assert negotiation_of(changed_text(whole_text(before), after), Log("negotiation.yaml")) == after


def test_what_is_not_changed_stays_as_a_person_wrote_it() -> None:
    text = (
        "# our file\n" + HEAD + "\n# the table\nissues:   # in order\n- id: fee   # the big one\n  target: 5 %\n\n"
        "commitments:\n    # promises\n    - {number: 1, what: call, owner: us}   # soon\n# the end\n"
    )
    before = negotiation_of(text, Log("x"))
    assert before is not None
    after = replace(before, commitments=(*before.commitments, Commitment(2, "send rates", "them", date(2026, 6, 1))))
    made = changed_text(text, after)
    assert made == text.replace(
        "# soon\n",
        "# soon\n    - number: 2\n      what: send rates\n      owner: them\n      made: 2026-06-01\n",
    )


def test_a_section_that_changes_loses_its_own_comments_and_no_others() -> None:
    text = "# our file\n" + HEAD + "issues:\n  - id: fee  # lost\n# kept\ngoals: [grow]  # kept too\n"
    before = negotiation_of(text, Log("x"))
    assert before is not None
    made = changed_text(text, replace(before, issues=(Issue("fee", target="5 %"),)))
    assert made == "# our file\n" + HEAD + "issues:\n  - id: fee\n    target: 5 %\n# kept\ngoals: [grow]  # kept too\n"


@given(NEGOTIATIONS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_what_is_written_meets_the_schema(negotiation: Negotiation) -> None:
    plain = yaml.load(whole_text(negotiation), Loader=yaml.BaseLoader)
    jsonschema.validate(plain, json_schema())
    json.dumps(json_schema())


def test_what_cannot_be_read_back_is_refused() -> None:
    with pytest.raises(ContractError, match="cannot be written"):
        whole_text(Negotiation(" two  spaces\n", "provider", "c", "a", "b"))


def test_the_start_puts_every_term_and_provision_on_the_table(kept: Kept) -> None:
    found = kept.read()
    assert [one.id for one in found.issues] == [
        "office-visits",
        "anything-else",
        "payment-days",
        "termination-without-cause",
        "most-favoured-nation",
        "timely-filing",
        "appeal",
        "retro-audit",
        "amendment-notice",
        "interest",
        "length",
        "renewal",
    ]
    assert found.issue("office-visits") == Issue(
        "office-visits", "Office visits", "rate", ("Office visits",), "", "percent change", "higher", "$120.00 per unit"
    ) or found.issue("office-visits").today.startswith("$120")  # type: ignore[union-attr]
    assert found.effective == date(2027, 4, 1)
    assert found.notices == (Notice("non-renewal", due=date(2027, 3, 31) - timedelta(days=120)),)
    assert Decimal(found.issue("payment-days").today) == 30  # type: ignore[union-attr]


@given(st.text(max_size=200) | st.text("negotiation:isuesd-{}[],#\n 0123", max_size=120))
@settings(max_examples=300, deadline=None)
def test_whatever_stands_in_a_file_is_read_or_refused(text: str) -> None:
    log = Log("negotiation.yaml")
    if negotiation_of(text, log) is None:
        assert log.failed
