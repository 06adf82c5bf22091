"""Small X12 files written for the tests, in pieces that can be put together."""

from __future__ import annotations


def isa(element: str = "*", component: str = ":", terminator: str = "~", control: str = "000000001") -> str:
    """An ISA segment of regular width."""
    parts = ["ISA", "00", " " * 10, "00", " " * 10, "ZZ", f"{'SENDER':<15}", "ZZ", f"{'RECEIVER':<15}"]
    parts += ["260105", "1200", "^", "00501", control, "0", "P", component]
    return element.join(parts) + terminator


def wrap(transactions: list[list[str]], group: str = "HP", version: str = "005010X221A1") -> str:
    """An interchange of transactions; each is a list of segments without ST and SE, its kind first."""
    out = [f"GS*{group}*SENDER*RECEIVER*20260105*1200*1*X*{version}"]
    for number, (kind, *segments) in enumerate(transactions, 1):
        out += [f"ST*{kind}*{number:04d}", *segments, f"SE*{len(segments) + 2}*{number:04d}"]
    return isa() + "~".join([*out, f"GE*{len(transactions)}*1", "IEA*1*000000001", ""])


def delimited(text: str, element: str, component: str, terminator: str) -> str:
    """The same file with other delimiters, which its text must not contain."""
    table = str.maketrans({"*": element, ":": component, "~": terminator})
    return text.translate(table)


HEADER_835 = [
    "TRN*1*EFT1*1512345678",
    "DTM*405*20260104",
    "N1*PR*PLAN ONE*XV*12345",
    "N3*1 MAIN",
    "N1*PE*CLINIC*XX*1234567893",
    "REF*TJ*84-1234567",
    "LX*1",
]


def bpr(payment: str) -> str:
    """A BPR segment."""
    return f"BPR*I*{payment}*C*ACH************20260105"


SUBMITTER = ["BHT*0019*00*1*20260105*1200*CH", "NM1*41*2*SUB*****46*S", "NM1*40*2*RCV*****46*R"]

PROVIDER = [
    "HL*1**20*1",
    "NM1*85*2*CLINIC*****XX*1234567893",
    "N3*1 MAIN",
    "N4*HARTFORD*CT*06156",
    "REF*EI*84-1234567",
    "NM1*87*2*PAY TO*****XX*1111111112",
    "REF*EI*999999999",
]

SUBSCRIBER = [
    "HL*2*1*22*0",
    "SBR*P*18*GRP1*GOLD PLAN*****12",
    "NM1*IL*1*DOE*JANE****MI*W1",
    "DMG*D8*19800229*F",
    "NM1*PR*2*PLAN ONE*****PI*60054",
]

PROFESSIONAL = [
    "CLM*PCN1*300***11:B:1*Y*A*Y*Y",
    "DTP*431*D8*20260101",
    "REF*G1*AUTH9",
    "REF*F8*ICN0",
    "HI*ABK:M17.11*ABF:E119",
    "HI*ABF:I10",
    "NM1*82*1*DOC*RN****XX*1222222220",
    "NM1*77*2*PLACE*****XX*1333333339",
    "HCP*00*250",
    "SBR*S*18*******MC",
    "CAS*CO*45*100**59*20",
    "AMT*D*80",
    "OI***Y***Y",
    "NM1*IL*1*DOE*JANE****MI*OTHER1",
    "NM1*PR*2*PLAN TWO*****PI*99999",
    "DTP*573*D8*20260201",
    "LX*1",
    "SV1*HC:99213:25*100*UN*1***1:2",
    "DTP*472*D8*20260103",
    "REF*6R*L1",
    "SVD*99999*80*HC:99212**1",
    "CAS*CO*45*20",
    "DTP*573*D8*20260202",
    "LX*2",
    "SV1*HC:J1885*200*UN*2.5*22**1",
    "DTP*472*RD8*20260102-20260104",
    "REF*6R*L2",
    "LIN**N4*00409379501",
    "NM1*82*1*DOC*TWO****XX*1444444447",
    "HCP*00*150",
]

DEPENDENT = [
    "HL*3*2*23*0",
    "PAT*19",
    "NM1*QC*1*DOE*KID",
    "DMG*D8*20150505*M",
    "CLM*PCN2*50***11:B:7*Y*A*Y*Y",
    "HI*ABK:J029",
    "LX*1",
    "SV1*HC:99212*50*UN*1***1",
    "DTP*472*D8*20260110",
]

INSTITUTIONAL = [
    "CLM*INP1*1500.50***11:A:1**A*Y*Y",
    "DTP*096*TM*1200",
    "DTP*434*RD8*20260101-20260104",
    "DTP*435*DT*202601010800",
    "CL1*1*7*01",
    "HI*ABK:A419:::::::Y",
    "HI*ABJ:R509",
    "HI*DR:871",
    "HI*ABF:N179:::::::N*ABF:I10:::::::Y",
    "HI*BBR:0BH17EZ:D8:20260102",
    "NM1*71*1*DOC*AT****XX*1555555550",
    "LX*1",
    "SV2*120**1000*DA*3",
    "DTP*472*D8*20260101",
    "LX*2",
    "SV2*0300*HC:80053*500.5*UN*1",
]

DENTAL = [
    "CLM*DEN1*90***11:B:1*Y*A*Y*Y",
    "DTP*472*D8*20260120",
    "LX*1",
    "SV3*AD:D0120*40****1",
    "LX*2",
    "SV3*AD:D1110*50",
]


def professional() -> bytes:
    """An 837P: a subscriber's claim with another payer, and a dependent's."""
    segments = ["837", *SUBMITTER, *PROVIDER, *SUBSCRIBER, *PROFESSIONAL, *DEPENDENT]
    return wrap([segments], "HC", "005010X222A1").encode()


def institutional() -> bytes:
    """An 837I: an inpatient claim."""
    return wrap([["837", *SUBMITTER, *PROVIDER, *SUBSCRIBER, *INSTITUTIONAL]], "HC", "005010X223A2").encode()


def dental() -> bytes:
    """An 837D."""
    return wrap([["837", *SUBMITTER, *PROVIDER, *SUBSCRIBER, *DENTAL]], "HC", "005010X224A2").encode()


def remittance(*segments: str, payment: str = "100") -> bytes:
    """An 835 of one transaction with these segments after LX."""
    return wrap([["835", bpr(payment), *HEADER_835, *segments]]).encode()
