"""Tables of the physician fee schedule (42 CFR 414), as CMS publishes them each quarter and year.

The columns of relative values, indicators and the amounts for imaging are described in the release's own
``RVU25D.pdf``; what CMS's fee files without headings hold in ``PF25PA`` and ``ZIP5lyout.txt``.
"""

from __future__ import annotations

from evenhand.schedules.tables.forms import (
    AMOUNT,
    CARRIER,
    CODE,
    FLAG,
    KIND,
    LOCALITY,
    MODIFIER,
    STATE,
    WORDS,
    ZIP,
    text,
)
from evenhand.schedules.tables.kind import Column, Kind
from evenhand.schedules.tables.pfs_agreement import both_settings_alike, indices_in_order, relative_values_agree

_DAYS = text("a global period", "090", r"[0-9]{3}|MMM|XXX|YYY|ZZZ", digits=3)
_QUARTER = text("a year and quarter", "20254", r"20[0-9]{2}[1-4]")
_YEAR = text("a year", "2025", r"20[0-9]{2}")
_STATUS = text("a status", "A", "[A-Z]")
#: Indicators of payment policy: what each may be tells two columns from one another.
_DIGIT = text("a digit", "0", "[0-9]")
_BILATERAL = text("0 to 3 or 9", "1", "[0-39]")
_SURGEONS = text("0, 1, 2 or 9", "2", "[0-29]")

RELATIVE_VALUES = Kind(
    "pfs-rvu",
    "relative values of the physician fee schedule",
    (
        Column("code", "(hcpcs|cpt)( code)?", CODE),
        Column("modifier", "mod(ifier)?", MODIFIER),
        Column("status", "status code", _STATUS),
        Column("work", "(physician )?work rvus?", AMOUNT, even=True),
        Column("pe_office", "(fully implemented )?non fac(ility)? pe rvus?", AMOUNT, even=True),
        Column("na_office", "non fac(ility)? na indicator", text("NA", "NA", "NA"), needed=False),
        Column("pe_facility", "(fully implemented )?fac(ility)? pe rvus?", AMOUNT, even=True),
        Column("na_facility", "fac(ility)? na indicator", text("NA", "NA", "NA"), needed=False),
        Column("mp", "(mp|malpractice) rvus?", AMOUNT, even=True),
        Column("total_office", "(fully implemented )?non fac(ility)? total", AMOUNT, even=True),
        Column("total_facility", "(fully implemented )?fac(ility)? total", AMOUNT, even=True),
        Column("pctc", "pctc ind(icator)?", _DIGIT),
        Column("global_days", "glob days", _DAYS),
        Column("pre", "pre op", AMOUNT, even=True),
        Column("intra", "intra op", AMOUNT, even=True),
        Column("post", "post op", AMOUNT, even=True),
        Column("multiple", "mult proc", _DIGIT),
        Column("bilateral", "bilat surg", _BILATERAL),
        Column("assistant", "asst surg", _SURGEONS),
        Column("co_surgeon", "co surg", _SURGEONS),
        Column("team", "team surg", _SURGEONS),
        Column("endo_base", "endo base", CODE, needed=False),
        Column("conversion_factor", "conv(ersion)? factor", AMOUNT, even=True),
        Column(
            "image_family", "(diagnostic )?imaging family indicator", text("a family", "99", "[0-9]{2}"), needed=False
        ),
        Column("opps_pe_office", "non facility pe used for opps payment amount", AMOUNT, needed=False, even=True),
        Column("opps_pe_facility", "facility pe used for opps payment amount", AMOUNT, needed=False, even=True),
        Column("opps_mp", "mp used for opps payment amount", AMOUNT, needed=False, even=True),
    ),
    key=("code", "modifier"),
    fewest=10_000,
    lasts="quarter",
    check=relative_values_agree,
    passed=(
        "description",
        "not used for medicare payment",
        "physician supervision of diagnostic procedures",
        "calculation flag",
        "pric ind",
    ),
)
GEOGRAPHIC = Kind(
    "pfs-gpci",
    "geographic practice cost indices",
    (
        Column("carrier", "(medicare administrative contractor( mac)?|mac|contractor|carrier)", CARRIER),
        Column("state", "state", STATE, needed=False),
        Column("locality", "locality( number)?", LOCALITY),
        Column("name", "locality name", WORDS),
        Column("work", "(pw|work) gpci( with 1 0 floor)?", AMOUNT),
        Column("pe", "pe gpci", AMOUNT),
        Column("mp", "mp gpci", AMOUNT),
    ),
    key=("carrier", "locality"),
    fewest=100,
    check=indices_in_order,
)
COUNTIES = Kind(
    "pfs-counties",
    "counties of the localities",
    (
        Column("carrier", "medicare ad\\w+ contractor", CARRIER),
        Column("locality", "locality number", LOCALITY),
        Column("state", "state", WORDS),
        Column("name", "fee schedule area", WORDS),
        Column("counties", "counties", WORDS),
    ),
    key=("carrier", "locality", "state", "counties"),
    fewest=100,
    carried=("state",),
)
OPPS_CAP = Kind(
    "pfs-oppscap",
    "imaging amounts capped at the hospital's",
    (
        Column("code", "hcpcs", CODE),
        Column("modifier", "mod", MODIFIER),
        Column("status", "procstat", _STATUS),
        Column("carrier", "carrier", CARRIER),
        Column("locality", "locality", LOCALITY),
        Column("facility", "facility price", AMOUNT, even=True),
        Column("office", "non facil?i?ty price", AMOUNT, even=True),
    ),
    key=("code", "modifier", "carrier", "locality"),
    fewest=10_000,
    lasts="quarter",
    check=both_settings_alike,
)
ZIP_CODES = Kind(
    "pfs-zip",
    "localities of ZIP codes",
    (
        Column("state", "", STATE),
        Column("zip", "", ZIP),
        Column("carrier", "", CARRIER),
        Column("locality", "", LOCALITY),
        Column("rural", "", text("R, B or nothing", "R", "[RB]")),
        Column("plus_four", "", FLAG),
        Column("quarter", "", _QUARTER),
    ),
    key=("zip",),
    fewest=40_000,
    lasts="quarter",
    layout=(
        r"(?P<state>[A-Z]{2})(?P<zip>\d{5})(?P<carrier>[0-9A-Z]{5})(?P<locality>\d{2})(?P<rural>[ RB]).{5}"
        r"(?P<plus_four>[01]) [ A-Z].{52}(?P<quarter>20\d\d[1-4])\s*"
    ),
)
ZIP_PLUS_FOUR = Kind(
    "pfs-zip9",
    "localities of ZIP+4 codes",
    (
        Column("state", "", STATE),
        Column("zip", "", ZIP),
        Column("plus_four", "", text("four digits", "0001", r"\d{4}", digits=4)),
        Column("carrier", "", CARRIER),
        Column("locality", "", LOCALITY),
        Column("quarter", "", _QUARTER),
    ),
    key=("zip", "plus_four"),
    fewest=1_000,
    lasts="quarter",
    layout=(
        r"(?P<state>[A-Z]{2})(?P<zip>\d{5})(?P<carrier>[0-9A-Z]{5})(?P<locality>\d{2})[ RB].{5}1(?P<plus_four>\d{4})"
        r".{50}(?P<quarter>20\d\d[1-4])\s*"
    ),
)
#: Dollars by locality, published beside the relative values they are made of.
AMOUNTS = Kind(
    "pfs-amounts",
    "published amounts by locality",
    (
        Column("year", "", _YEAR),
        Column("carrier", "", CARRIER),
        Column("locality", "", LOCALITY),
        Column("code", "", CODE),
        Column("modifier", "", MODIFIER),
        Column("office", "", AMOUNT),
        Column("facility", "", AMOUNT),
        Column("status", "", KIND),
        Column("multiple", "", KIND),
        Column("reduced_office", "", AMOUNT),
        Column("reduced_facility", "", AMOUNT),
    ),
    key=("carrier", "locality", "code", "modifier"),
    fewest=1,
    lasts="quarter",
    layout=(
        r'"(?P<year>20\d\d)","(?P<carrier>[0-9A-Z]{5})","(?P<locality>\d\d)","(?P<code>[0-9A-Z]{5})",'
        r'"(?P<modifier>[0-9A-Z ]{2})","(?P<office>\d{7}\.\d\d)","(?P<facility>\d{7}\.\d\d)","[^"]*","[0-9 ]",'
        r'"(?P<status>[A-Z ])","(?P<multiple>[0-9 ])","(?P<reduced_office>\d{7}\.\d\d)",'
        r'"(?P<reduced_facility>\d{7}\.\d\d)","[0-9 ]","\d{7}\.\d\d","\d{7}\.\d\d"\s*'
    ),
    trailer='"TRL',
)
ANESTHESIA = Kind(
    "anesthesia-factors",
    "anaesthesia conversion factors by locality",
    (
        Column("carrier", "contractor", CARRIER),
        Column("locality", "locality", LOCALITY),
        Column("name", "locality name", WORDS),
        Column(
            "conversion_factor", "national anes cf of .*|(non )?(qualifying apm )?anes(thesia)? cf", AMOUNT, even=True
        ),
    ),
    key=("carrier", "locality"),
    fewest=100,
    passed=("work gpci through 3 31", "pe gpci", "mp gpci"),
)
BASE_UNITS = Kind(
    "anesthesia-units",
    "anaesthesia base units",
    (
        Column("code", "code|hcpcs|cpt", text("an anaesthesia code", "00100", r"0[0-9]{4}", digits=5)),
        Column("base_units", "base units?", AMOUNT),
    ),
    key=("code",),
    fewest=200,
)
KINDS = (RELATIVE_VALUES, GEOGRAPHIC, COUNTIES, OPPS_CAP, ANESTHESIA, BASE_UNITS)
LAYOUTS = (ZIP_CODES, ZIP_PLUS_FOUR, AMOUNTS)
#: The same tables in columns of fixed width, which lose what their comma-separated copies keep.
OTHERS = (
    (r"^(hdr cpt|hdr)", "relative values in columns of fixed width; the same release has them as CSV and XLSX"),
    (r"geographic practice cost indices", "GPCIs in columns of fixed width; the same release has them as CSV and XLSX"),
    (r"counties included in", "counties in columns of fixed width; the same release has them as CSV and XLSX"),
)
