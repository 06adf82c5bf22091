"""A small remittance."""

from __future__ import annotations

_ISA = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *250102*1200*^*00501*000000001*0*P*:~"


def remittance(number: int, *, charge: str = "150.00") -> bytes:
    """An 835 with one claim of one line of $150.00: $100.00 paid, $50.00 adjusted."""
    body = [
        "ST*835*0001",
        "BPR*I*100.00*C*ACH*CCP*01*111*DA*33*1234567890**01*111*DA*33*20250301",
        f"TRN*1*CHK{number}*1512345678",
        "DTM*405*20250301",
        "N1*PR*Summit Health",
        "N1*PE*Cedar Ridge*XX*1234567893",
        "LX*1",
        f"CLP*C{number}*1*{charge}*100.00**12*P{number}*11*1",
        "NM1*QC*1*DOE*PAT****MI*M1",
        f"SVC*HC:99213*{charge}*100.00**1",
        "DTM*472*20250103",
        "CAS*CO*45*50.00",
    ]
    inside = ["GS*HP*SENDER*RECEIVER*20250102*1200*1*X*005010X221A1", *body, f"SE*{len(body) + 1}*0001", "GE*1*1"]
    return (_ISA + "~".join([*inside, "IEA*1*000000001~"])).encode()
