"""What may stand in a negotiation file, declared once: the reader and the JSON Schema both come from here."""

from __future__ import annotations

from decimal import Decimal

from evenhand.contracts.language import IDENTIFIER
from evenhand.contracts.records import Key, Record
from evenhand.contracts.shapes import DATE, QUANTITY, TEXT, WHOLE, YES, Choice, Listed, Schema, Sequenced, Value

_SIGNED = Value(
    "dollars, negative for a loss",
    "-125000 or 1250.00",
    r"[+-]?\$?(\d{1,3}(,\d{3})+|\d{1,12})(\.\d{1,4})?",
    lambda text: Decimal(text.replace("$", "").replace(",", "")),
)
_SHARE = Value("a share from 0 to 1", "0.82", r"0?\.\d{1,6}|[01](\.0{1,6})?", Decimal)
_HASH = Value("a SHA-256 of 64 characters", "9f86d0…", r"[0-9a-f]{64}")


def _one_of(*words: str) -> Choice:
    return Choice({word: word for word in words})


_BY = _one_of("us", "them")
_POSITIONS = (
    Key("opening", TEXT, "Where the side begins.", example="8 %"),
    Key("target", TEXT, "What it works towards.", example="5 %"),
    Key("walk_away", TEXT, "What it does not go past.", example="3 %"),
)
BELIEF = Record(
    "theirs",
    (
        *_POSITIONS,
        Key("sure", _one_of("guessed", "likely", "stated"), "How sure we are."),
        Key("since", DATE, "Since when we believe it."),
        Key("source", TEXT, "Why we believe it."),
    ),
)
ISSUE = Record(
    "issue",
    (
        Key("id", IDENTIFIER, "How commands name it.", required=True, example="fee-schedule"),
        Key("name", TEXT, "How people name it."),
        Key("kind", _one_of("rate", "language", "term"), "Rates, words, or how long it lasts; language if absent."),
        Key("terms", Listed(TEXT), "Payment terms of the contract it is about."),
        Key("provision", TEXT, "Provision of the contract it is about, such as termination.without_cause."),
        Key("unit", TEXT, "What its values count."),
        Key("better", _one_of("higher", "lower"), "Which way is better for us."),
        Key("today", TEXT, "What holds today."),
        *_POSITIONS,
        Key("weight", QUANTITY, "Our points for it."),
        Key("theirs", BELIEF, "What we believe of the other side."),
        Key("status", _one_of("open", "agreed", "dropped"), "How far it has come; open if absent."),
        Key("agreed", TEXT, "The value agreed."),
        Key("note", TEXT, "Anything else."),
    ),
)
_PERSON = Record(
    "person",
    (
        Key("name", TEXT, "Name.", required=True, example="R. Alvarez"),
        Key("side", _BY, "us or them; us if absent."),
        Key("role", TEXT, "What the person does in it."),
        Key("organisation", TEXT, "Whom the person works for."),
        Key("email", TEXT, "E-mail."),
        Key("phone", TEXT, "Telephone."),
        Key("approves", YES, "A leader who must agree."),
    ),
)
_PROOF = Record(
    "value",
    (
        Key("claim", TEXT, "What we do well for them.", required=True, example="Fewer readmissions"),
        Key("number", TEXT, "The number."),
        Key("period", TEXT, "What days or year it is of."),
        Key("source", TEXT, "Where it comes from."),
    ),
)
_ALTERNATIVE = Record(
    "alternative",
    (
        Key("name", TEXT, "What we would do.", required=True, example="Out of network"),
        Key("worth", _SIGNED, "Our margin a year in dollars."),
        Key("as_of", DATE, "When it was worked out."),
        Key("source", TEXT, "How it was worked out."),
        Key("note", TEXT, "Anything else."),
    ),
)
_ZONE = Record(
    "zone",
    (
        Key("ours", _SIGNED, "Our walk-away price.", required=True, example="812.40"),
        Key("theirs", _SIGNED, "Theirs.", required=True, example="1010.00"),
        Key("today", _SIGNED, "Today's price.", required=True, example="930.10"),
        Key("exists", _SHARE, "Share of draws with a price both gain from."),
        Key("unit", TEXT, "What the prices are for one of."),
        Key("as_of", DATE, "When it was worked out."),
        Key("source", TEXT, "How it was worked out."),
    ),
)
_VALUATION = Record(
    "worth",
    (
        Key("change", _SIGNED, "What the provider nets more than under the contract.", required=True, example="-45000"),
        Key("p10", _SIGNED, "Its 10th percentile.", required=True, example="-52000"),
        Key("p90", _SIGNED, "Its 90th percentile.", required=True, example="-38000"),
        Key("plan", _SIGNED, "What the plan pays more.", required=True, example="-36000"),
        Key("years", WHOLE, "Over how many years.", required=True, example="3"),
        Key("as_of", DATE, "When it was worked out."),
        Key("source", TEXT, "How it was worked out."),
    ),
)
ROUND = Record(
    "round",
    (
        Key("number", WHOLE, "Its number.", required=True, example="1"),
        Key("date", DATE, "Its day.", required=True, example="2026-06-01"),
        Key("by", _BY, "Who offered.", required=True, example="us"),
        Key("offer", TEXT, "The offer's file, from this folder."),
        Key("sha256", _HASH, "The file's bytes as received."),
        Key("answers", WHOLE, "The round it answers."),
        Key("state", _one_of("open", "answered", "accepted", "rejected", "withdrawn"), "open if absent."),
        Key("note", TEXT, "Anything else."),
        Key("worth", _VALUATION, "What it came to when offers were last compared."),
    ),
)
_ATTACHMENT = Record(
    "attachment",
    (
        Key("file", TEXT, "The file, from this folder.", required=True, example="attachments/letter.pdf"),
        Key("sha256", _HASH, "Its bytes.", required=True, example="9f86d0…"),
    ),
)
TALKS = ("call", "meeting", "email", "letter", "committee", "message")
_TALK = Record(
    "talk",
    (
        Key("date", DATE, "Its day.", required=True, example="2026-06-01"),
        Key("kind", _one_of(*TALKS), "What it was.", required=True, example="call"),
        Key("who", Listed(TEXT), "Who took part."),
        Key("said", TEXT, "What was said."),
        Key("attachments", Sequenced(_ATTACHMENT), "Files kept with it."),
    ),
)
_COMMITMENT = Record(
    "commitment",
    (
        Key("number", WHOLE, "Its number.", required=True, example="1"),
        Key("what", TEXT, "What was promised.", required=True, example="Send the rate file"),
        Key("owner", TEXT, "Who promised it.", required=True, example="Summit Health"),
        Key("made", DATE, "When."),
        Key("due", DATE, "By when."),
        Key("done", DATE, "When it was done."),
    ),
)
APPROVALS = ("targets", "proposal", "escalation", "termination", "agreement")
_APPROVAL = Record(
    "approval",
    (
        Key("who", TEXT, "Who.", required=True, example="Chief financial officer"),
        Key("what", _one_of(*APPROVALS), "On what.", required=True, example="targets"),
        Key("given", DATE, "When; absent while it is asked for."),
        Key("note", TEXT, "Anything else."),
    ),
)
NOTICES = ("non-renewal", "termination", "patients", "members", "regulator")
_NOTICE = Record(
    "notice",
    (
        Key("kind", _one_of(*NOTICES), "Of or to what.", required=True, example="non-renewal"),
        Key("by", _BY, "Who gives it; us if absent."),
        Key("sent", DATE, "When it was sent."),
        Key("due", DATE, "By when it must be."),
        Key("effective", DATE, "When it takes effect."),
        Key("note", TEXT, "Anything else."),
    ),
)
_ESCALATION = Record(
    "escalation",
    (
        Key("tried", DATE, "When somebody said that all else was tried."),
        Key("tried_by", TEXT, "Who said so."),
        Key("why", TEXT, "Why it goes up although something is missing."),
        Key("listed", DATE, "When the open issues were listed."),
        Key("issues", TEXT, "What names the issues as they were listed."),
        Key("brief", DATE, "When the brief was written."),
        Key("escalated", DATE, "When it went up."),
        Key("escalated_by", TEXT, "Who said so."),
    ),
)
_INTEGRATION = Record(
    "integration",
    (
        Key("kind", _one_of("financial", "clinical"), "How.", required=True, example="clinical"),
        Key("basis", TEXT, "What it rests on: the agreement, the programme.", required=True, example="ACO agreement"),
        Key("since", DATE, "Since when."),
    ),
)
_PROVIDER = Record(
    "provider",
    (
        Key("name", TEXT, "Name.", required=True, example="Cedar Ridge Orthopaedics"),
        Key("tin", TEXT, "Tax number."),
        Key("owner", TEXT, "Who owns it; itself if absent."),
    ),
)
PLANS = ("employer", "individual", "medicare advantage", "medicaid")
NEGOTIATION = Record(
    "negotiation",
    (
        Key("negotiation", TEXT, "What it is called.", required=True, example="Summit Health 2027"),
        Key("side", _one_of("provider", "payer"), "Which side we are.", required=True, example="provider"),
        Key("contract", TEXT, "The contract's folder, from here.", required=True, example="../../contracts/summit"),
        Key("provider", TEXT, "The provider.", required=True, example="Cedar Ridge Orthopaedics"),
        Key("payer", TEXT, "The payer.", required=True, example="Summit Health"),
        Key("opened", DATE, "When it was begun."),
        Key("effective", DATE, "When new terms should begin."),
        Key("plan", _one_of(*PLANS), "Whom the plan covers."),
        Key("providers", Sequenced(_PROVIDER), "Who asks together, if more than one."),
        Key("integration", _INTEGRATION, "How those are integrated."),
        Key("people", Sequenced(_PERSON), "Who takes part."),
        Key("goals", Listed(TEXT), "What we want of it."),
        Key("value", Sequenced(_PROOF), "The value proposition, in numbers."),
        Key("issues", Sequenced(ISSUE), "What is on the table."),
        Key("alternatives", Sequenced(_ALTERNATIVE), "What we do without it."),
        Key("zone", _ZONE, "The walk-away prices last worked out."),
        Key("rounds", Sequenced(ROUND), "Offers."),
        Key("talks", Sequenced(_TALK), "What was said."),
        Key("commitments", Sequenced(_COMMITMENT), "What was promised."),
        Key("approvals", Sequenced(_APPROVAL), "Leaders' words."),
        Key("notices", Sequenced(_NOTICE), "Formal notices."),
        Key("message", TEXT, "The one message all of us give."),
        Key("escalation", _ESCALATION, "How far an escalation has come."),
    ),
)


def json_schema() -> Schema:
    """The JSON Schema of a negotiation file, for editors and for the site."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Evenhand negotiation",
        **NEGOTIATION.schema(),
    }
