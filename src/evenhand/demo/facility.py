"""The surgical hospital's own claims: day cases and short stays, by revenue code."""

from __future__ import annotations

from random import Random

from evenhand.demo.drafts import Draft, Spec

_JOINT_DRGS = {"27130": ("470", "470", "470", "522", "521"), "23472": ("483",)}
_WITH_IMPLANTS = {"27447", "27130", "27446", "23472", "27486", "29827", "29888", "29807", "29806", "25447", "28297"}


def day_case(rng: Random, codes: list[str], diagnoses: tuple[str, ...]) -> Draft:
    """An operation without a night in bed (bill type 131)."""
    theatre = tuple(Spec(code, (), 1, "0360", rng.randint(60, 125) * 100) for code in codes)
    around = (
        Spec("", (), 1, "0250", rng.randint(180, 900)),
        Spec("", (), 1, "0270", rng.randint(300, 1400)),
        *_implants(rng, codes),
        Spec("", (), 1, "0370", rng.randint(900, 2400)),
        Spec("", (), 1, "0710", rng.randint(600, 1500)),
    )
    return Draft("I", "22", diagnoses, theatre + around, bill_type="131")


def stay(rng: Random, part: str, codes: list[str], diagnoses: tuple[str, ...]) -> Draft:
    """One to three nights (bill type 111), by DRG."""
    nights = rng.choices((1, 2, 3), (50, 38, 12))[0]
    drg = (
        rng.choice(_JOINT_DRGS.get(codes[0], ("470", "470", "469"))) if part == "joint" else rng.choice(("460", "473"))
    )
    lines = (
        Spec("", (), nights, "0120", nights * rng.randint(1900, 2600)),
        Spec("", (), 1, "0250", rng.randint(900, 3200)),
        Spec("", (), 1, "0270", rng.randint(1500, 4200)),
        *_implants(rng, codes),
        Spec("", (), 1, "0360", rng.randint(170, 320) * 100),
        Spec("", (), 1, "0370", rng.randint(2200, 5200)),
        Spec("", (), rng.randint(1, 4), "0420", rng.randint(300, 1200)),
        Spec("", (), 1, "0710", rng.randint(900, 2400)),
    )
    return Draft("I", "21", diagnoses, lines, bill_type="111", drg=drg, nights=nights)


def _implants(rng: Random, codes: list[str]) -> tuple[Spec, ...]:
    """Implants where the operation uses them; small ones stay under every contract's threshold."""
    if not _WITH_IMPLANTS & set(codes):
        return ()
    if codes[0] in ("27447", "27130", "27446", "23472", "27486"):
        return (Spec("", (), 1, "0278", rng.randint(48, 125) * 100),)
    return (Spec("", (), rng.randint(1, 3), "0278", rng.randint(5, 42) * 100),)
