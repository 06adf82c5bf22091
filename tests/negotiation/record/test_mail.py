"""An e-mail gives the same whichever way it was saved; one made to do harm gives a clear error."""

from __future__ import annotations

import random
import struct
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import olefile
import pytest
from tests.negotiation.record.outlook_files import BINARY, CODED, TEXT, YES_NO, Letter, compound, properties

from evenhand.errors import ReadError
from evenhand.negotiation.record.mail import Mail, read_mail

TODAY = date(2026, 12, 1)
LETTER = Letter(
    to=("Dana Whitfield", "Jürgen Groß"),
    cc=("Çelik, Ayşe", "Dana Whitfield"),
    bcc=("Nobody Sees",),
    subject="Two percent – Angebot für 2027",
    text="Grüße.\r\n\r\nSee the file.",
    files=(("../../rates.pdf", b"%PDF-1.7 " + b"x" * 9_000), ("note.txt", b"short")),
)
#: "hello world" as the format's own description packs it.
RICH = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)


def as_eml(letter: Letter) -> bytes:
    """The same letter as it travels."""
    made = EmailMessage()
    made["From"] = f"{letter.sender} <ra@summit.example>"
    made["To"] = [_address(one) for one in letter.to]
    made["Cc"] = [_address(one) for one in letter.cc]
    made["Subject"], made["Date"] = letter.subject, letter.sent
    made.set_content(letter.text or "")
    for name, content in letter.files:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def _address(name: str) -> object:
    from email.headerregistry import Address

    return Address(display_name=name, username="a", domain="cedar.example")


def read(content: bytes) -> Mail:
    return read_mail("offer.msg", content, TODAY)


def test_both_ways_of_saving_give_the_same() -> None:
    saved = LETTER.saved()

    with olefile.OleFileIO(saved, raise_defects=olefile.DEFECT_POTENTIAL) as file:
        assert file.parsing_issues == [], "the builder writes what the reader of compound files takes for whole"
    found = read(saved)
    assert found == read_mail("offer.eml", as_eml(LETTER), TODAY)
    assert found.who == ("R. Alvarez", "Dana Whitfield", "Jürgen Groß", "Çelik, Ayşe")
    assert (found.date, found.subject) == (date(2026, 11, 19), LETTER.subject)
    assert found.said == f"{LETTER.subject}\n\nGrüße.\n\nSee the file."


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({(0x1013, BINARY): "<style>p{}</style><p>Zwölf<p>Prozent".encode(), (0x3FDE, 3): 65001}, "Zwölf\nProzent"),
        ({(0x1013, TEXT): "<div>Twelve</div>"}, "Twelve"),
        ({(0x1009, BINARY): RICH}, "hello world"),
        ({(0x1000, CODED): "Zwölf", (0x3FDE, 3): 1252}, "Zwölf"),
        ({(0x1000, TEXT): " \r\n", (0x1013, TEXT): "<p>Twelve"}, "Twelve"),
        ({(0x1000, CODED): "Zwölf", (0x3FDE, 3): 4_000_000, (0x1013, TEXT): "<p>Twelve"}, "damaged"),
    ],
)
def test_where_there_is_no_plain_text_the_next_best_is_read(more: dict[tuple[int, int], object], said: str) -> None:
    saved = replace(LETTER, text=None, files=(), more=more).saved()
    if said == "damaged":
        with pytest.raises(ReadError, match=said):
            read(saved)
    else:
        assert read(saved).text == said


def test_a_letter_that_says_nothing_is_refused_and_one_with_files_is_not() -> None:
    with pytest.raises(ReadError, match="has no text: neither plain, nor HTML, nor rich text"):
        read(replace(LETTER, text=None, files=()).saved())
    assert read(replace(LETTER, text=None).saved()).text == ""
    with pytest.raises(ReadError, match="neither sender, receiver nor subject"):
        read(Letter(sender="", to=(), subject="").saved())


def test_what_is_not_told_is_found_elsewhere() -> None:
    head = "From: Rosa <r@s.example>\r\nTo: Dana <d@c.example>\r\nDate: Tue, 17 Nov 2026 23:30:00 -0600\r\n\r\n"
    bare = Letter(sender="", to=(), sent=None, more={(0x007D, TEXT): head})

    assert read(bare.saved()).who == ("Rosa", "Dana")
    assert read(bare.saved()).date == date(2026, 11, 18)
    assert read(Letter(sent=None).saved()).date == TODAY


def test_a_letter_inside_a_letter_becomes_a_file_of_its_own() -> None:
    deep = Letter(subject="Deepest", text="the first word")
    for number in range(8):
        deep = Letter(subject=f"Forward {number}", inside=(deep,), files=(("rates.csv", b"a,b"),))

    found = read(Letter(inside=(deep,), sent=datetime(2026, 11, 20, tzinfo=UTC)).saved())

    ((name, content),) = found.files
    assert name == "Forward 7.eml"
    inner = read_mail(name, content, TODAY)
    assert (inner.subject, inner.date) == ("Forward 7", date(2026, 11, 19))
    assert inner.who == ("R. Alvarez", "Dana Whitfield")
    assert [one for one, _ in inner.files] == ["rates.csv", "Forward 6.eml"]
    assert message_from_bytes(content, policy=default)["subject"] == "Forward 7"


def test_pictures_in_the_text_are_no_files_and_very_many_files_are_cut() -> None:
    tree = replace(LETTER, files=()).tree()
    shown = {(0x3707, TEXT): "logo.png", (0x3701, BINARY): b"\x89PNG", (0x7FFE, YES_NO): True}
    tree["__attach_version1.0_#00000000"] = properties(shown, b"\0" * 8)

    assert read(compound(tree)).files == ()
    assert len(read(Letter(files=tuple((f"{n}.txt", b"x") for n in range(120))).saved()).files) == 50


def put(saved: bytes, at: int, form: str, value: int) -> bytes:
    """The same file with one number in it changed."""
    made = bytearray(saved)
    struct.pack_into(form, made, at, value)
    return bytes(made)


SAVED = LETTER.saved()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (SAVED[:300], "is cut off"),
        (SAVED[:4096], "is cut off|damaged"),
        (SAVED[: len(SAVED) // 2], "is cut off|damaged"),
        (SAVED[:8] + b"\0" * 600, "says it holds more"),
        (put(SAVED, 44, "<I", 0x7FFFFFFF), "says it holds more"),
        (put(SAVED, 64, "<I", 0x7FFFFFFF), "says it holds more"),
        (put(SAVED, 30, "<H", 31), "says it holds more"),
        (compound({"WordDocument": b"x" * 5000}), "is no e-mail of Outlook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is cut off"),
        (b"no e-mail at all", "is no e-mail"),
    ],
)
def test_what_is_no_whole_letter_is_told_so(content: bytes, why: str) -> None:
    with pytest.raises(ReadError, match=why) as told:
        read(content)
    assert str(told.value).startswith("offer.msg")
    assert told.value.problem.right


def test_streams_that_lie_over_one_another_do_not_grow() -> None:
    """A small file whose many streams all claim the same long chain would be gigabytes once read."""
    tree = Letter(files=tuple((f"{n}.bin", b"x" * 5_000) for n in range(40))).tree()
    saved = compound(tree)
    size = struct.pack("<Q", 5_000)
    grown = saved.replace(size, struct.pack("<Q", len(saved) - 1))

    with pytest.raises(ReadError, match="says it holds more"):
        read(grown)


def test_whatever_bytes_are_changed_it_is_read_or_refused() -> None:
    drawn = random.Random(1)
    for _ in range(150):
        made = bytearray(SAVED)
        for _ in range(drawn.choice((1, 4, 40))):
            made[drawn.randrange(len(made))] = drawn.randrange(256)
        with suppress(ReadError):
            read(bytes(made))
