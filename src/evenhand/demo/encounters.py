"""What happens to patients: each kind of encounter gives one or more claims, drafted here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from evenhand.demo import facility
from evenhand.demo.drafts import Draft, Spec
from evenhand.demo.rates import codes_of, services

_VISITS = {"99213": 41, "99214": 31, "99203": 12, "99204": 7, "99212": 5, "99215": 2, "99202": 1, "99205": 1}
_JOINTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "knee": ("M1711", ("73562", "73564", "73560")),
    "shoulder": ("M7541", ("73030",)),
    "hand": ("M65341", ("73130", "73110", "73140")),
    "foot": ("M2011", ("73630", "73610")),
    "hip": ("M1611", ("73502",)),
    "back": ("M5416", ("72100",)),
}
_PARTS = tuple(_JOINTS)
_INJECTIONS = {"20610": 58, "20611": 14, "20550": 12, "20605": 9, "20600": 7}
_DRUGS = {"J3301": (54, (4, 8)), "J1030": (22, (1, 2)), "J0702": (14, (2,)), "J7325": (8, (48,)), "J7321": (2, (1,))}
_THERAPY = {"97110": 44, "97140": 30, "97530": 22, "97112": 22, "97016": 8, "97035": 8, "97116": 6}
_CASTS = {"29075": "Q4010", "29405": "Q4038", "29515": "Q4046", "29125": "Q4022"}
_BRACES = {"L3908": 4, "L4361": 3, "L4360": 2, "L1833": 3, "L1902": 4, "L3809": 1, "L1832": 1, "A4565": 3}
_FRACTURES = {
    "25600": 6,
    "26600": 4,
    "28470": 4,
    "23500": 3,
    "27786": 4,
    "23600": 3,
    "28490": 3,
    "28510": 4,
    "26720": 3,
}
_SCANS = {"73721": 46, "73221": 28, "72148": 16, "72141": 6, "73718": 4}

#: Surgeries by body part: first procedure with its weight, then what is often done beside it.
SURGERIES: dict[str, tuple[dict[str, int], tuple[str, ...]]] = {
    "knee": ({"29881": 50, "29880": 18, "29888": 10, "29882": 6, "29873": 4}, ("29877", "29876", "29875", "29879")),
    "shoulder": ({"29827": 40, "29823": 14, "29807": 6, "29806": 5, "23412": 6}, ("29824", "29828", "29822", "23430")),
    "hand": ({"64721": 44, "26055": 30, "25447": 9, "25111": 5, "64718": 6}, ("26160", "25000", "26123", "26055")),
    "foot": ({"28296": 22, "28285": 26, "28297": 12, "28291": 8, "28299": 8}, ("28285", "28308", "27680", "28119")),
    "fracture": ({"25607": 16, "25609": 14, "27814": 14, "27792": 10, "26615": 9, "23615": 4, "28485": 8}, ("20680",)),
    "joint": ({"27447": 46, "27130": 34, "27446": 8, "23472": 8, "27486": 2}, ()),
    "spine": ({"63030": 30, "63047": 22, "22551": 18, "22633": 10, "22612": 6}, ("22554", "20930")),
}
_SURGERY_MIX = {"knee": 26, "shoulder": 20, "hand": 20, "foot": 12, "fracture": 12, "joint": 16, "spine": 5}
_SURGERY_DIAGNOSES = {
    "knee": "S83241A", "shoulder": "M75121", "hand": "G5601", "foot": "M2011", "fracture": "S52501A",
    "joint": "M1711", "spine": "M5126",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of encounter and how often it happens, in a thousand."""

    weight: int
    draft: Callable[[Random], list[Draft]]


def pick(rng: Random, weights: dict[str, int]) -> str:
    """One key, by weight."""
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def _side(rng: Random) -> str:
    return rng.choice(("RT", "LT"))


def visit(rng: Random) -> list[Draft]:
    """An office visit, often with films, sometimes with an injection, a brace or a loose code."""
    part = rng.choice(_PARTS)
    diagnosis, films = _JOINTS[part]
    extras: list[Spec] = []
    if rng.random() < 0.74:
        side = (_side(rng),) if part != "back" else ()
        both = side and rng.random() < 0.1
        extras.append(Spec(rng.choice(films), ("50",) if both else side))
    if rng.random() < 0.26:
        extras += _injection(rng)
    if rng.random() < 0.07:
        extras.append(Spec(pick(rng, _BRACES)))
    if rng.random() < 0.012:
        extras.append(Spec(rng.choice(codes_of("off", "never"))))
    separate = ("25",) if any(spec.code.startswith("20") for spec in extras) else ()
    return [Draft("P", "11", (diagnosis,), (Spec(pick(rng, _VISITS), separate), *extras))]


def _injection(rng: Random) -> list[Spec]:
    both = rng.random() < 0.14
    drug = pick(rng, {code: weight for code, (weight, _) in _DRUGS.items()})
    return [
        Spec(pick(rng, _INJECTIONS), ("50",) if both else (_side(rng),)),
        Spec(drug, (), rng.choice(_DRUGS[drug][1])),
    ]


def therapy(rng: Random) -> list[Draft]:
    """A therapy session: two to four kinds of treatment in quarter hours."""
    wanted = rng.choices((2, 3, 4), (35, 45, 20))[0]
    codes = list(dict.fromkeys(pick(rng, _THERAPY) for _ in range(wanted * 2)))[:wanted]
    specs = [
        Spec(code, ("GP",), rng.choice((1, 2, 2, 3)) if code in ("97110", "97140", "97530") else 1) for code in codes
    ]
    if rng.random() < 0.12:
        specs.insert(0, Spec(rng.choice(("97161", "97162", "97163")), ("GP",)))
    if rng.random() < 0.02:
        specs.append(Spec("97010", ("GP",)))
    return [Draft("P", "11", ("M25561",), tuple(specs), "therapist")]


def fracture(rng: Random) -> list[Draft]:
    """Closed treatment of a fracture in the office, with film and cast or brace."""
    code = pick(rng, _FRACTURES)
    cast = rng.choice(tuple(_CASTS))
    specs = [Spec(rng.choice(("73110", "73130", "73610", "73630"))), Spec(code, (_side(rng),))]
    specs.append(Spec(_CASTS[cast]) if rng.random() < 0.6 else Spec(pick(rng, _BRACES)))
    if rng.random() < 0.5:
        specs.insert(0, Spec(pick(rng, _VISITS), ("57",)))
    return [Draft("P", "11", ("S52501A",), tuple(specs))]


def scan(rng: Random) -> list[Draft]:
    """A scan made and read in the office, or read for a hospital."""
    side = (_side(rng),)
    if rng.random() < 0.3:
        return [Draft("P", "22", ("M25511",), (Spec(pick(rng, _SCANS), ("26", *side)),))]
    return [Draft("P", "11", ("M25511",), (Spec(pick(rng, _SCANS), side),))]


def nerve_test(rng: Random) -> list[Draft]:
    """Needle and conduction studies."""
    specs = (Spec("95886", (), rng.choice((1, 2))), Spec(rng.choice(("95908", "95909", "95910"))))
    return [Draft("P", "11", ("G5601",), specs)]


def hospital_round(rng: Random) -> list[Draft]:
    """A consultation or follow-up in hospital."""
    return [Draft("P", "21", ("M1711",), (Spec(rng.choice(("99221", "99222", "99231", "99232", "99238"))),))]


def rare_surgery(rng: Random) -> list[Draft]:
    """A procedure the practice seldom does."""
    code = rng.choice(codes_of("open", "fracture", "arthroscopy", "nerve"))
    return [Draft("P", "22", ("M2011",), (Spec(code, (_side(rng),)),))]


def surgery(rng: Random) -> list[Draft]:
    """An operation: the surgeon's claim, often an assistant's, and the hospital's own."""
    part = pick(rng, _SURGERY_MIX)
    first, beside = SURGERIES[part]
    side = () if part == "spine" else (_side(rng),)
    codes = [pick(rng, first)]
    for code in rng.sample(beside, min(len(beside), rng.choices((0, 1, 2), (45, 38, 17))[0])):
        if code not in codes and code in services():
            codes.append(code)
    inpatient = part in ("joint", "spine") and rng.random() < 0.55
    diagnosis = (_SURGERY_DIAGNOSES[part],)
    place = "21" if inpatient else "22"
    shared = ("62",) if part == "spine" and rng.random() < 0.4 else ()
    both = ("50",) if part in ("hand", "foot") and len(codes) == 1 and rng.random() < 0.12 else ()
    specs = tuple(Spec(code, both or (*shared, *(("59",) if later else ()), *side)) for later, code in enumerate(codes))
    drafts = [Draft("P", place, diagnosis, specs)]
    if not both and rng.random() < (0.8 if part in ("joint", "spine", "shoulder") else 0.25):
        help_modifier = rng.choice(("AS", "AS", "80"))
        helped = tuple(Spec(code, (help_modifier, *side)) for code in codes)
        drafts.append(Draft("P", place, diagnosis, helped, "assistant" if help_modifier == "AS" else "surgeon"))
    if rng.random() < 0.55:
        drafts.append(
            facility.stay(rng, part, codes, diagnosis) if inpatient else facility.day_case(rng, codes, diagnosis)
        )
    return drafts


KINDS = (
    Kind(560, visit),
    Kind(190, therapy),
    Kind(35, fracture),
    Kind(45, scan),
    Kind(18, nerve_test),
    Kind(22, hospital_round),
    Kind(14, rare_surgery),
    Kind(116, surgery),
)


def encounter(rng: Random) -> list[Draft]:
    """The drafts of one encounter."""
    return rng.choices(KINDS, [kind.weight for kind in KINDS])[0].draft(rng)
