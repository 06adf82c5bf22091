"""The contract files' text, as an analyst would keep them. The figures are those of :mod:`evenhand.demo.deals`."""

SUMMIT = """
contract: Cedar Ridge Orthopaedics with Summit Health
parties:
  provider: {name: Cedar Ridge Orthopaedics, tin: ["84-0000000"], npi: ["<clinic>", "<hospital>"]}
  payer: {name: Summit Health, ids: [SUMM1]}
products: [PPO, EPO]
effective: 2024-01-01
ends: 2027-03-31
renewal: {evergreen: 1 year, notice: 120 days}
terms:
  - name: Implants
    for: {revenue_codes: 0275-0278, charge_over: 1000}
    pay: {percent_of_charges: 38}
    carve_out: yes
    cite: Exhibit B §4
  - name: Joint replacement, inpatient
    for: {bill_type: 111, drg: [469, 470, 521, 522]}
    per: case
    pay: {amount: 24500}
    except: Implants
    cite: Exhibit B §1
  - name: Shoulder replacement, inpatient
    for: {bill_type: 111, drg: 483}
    per: case
    pay: {amount: 26800}
    except: Implants
    cite: Exhibit B §1
  - name: Joint replacement, day case
    for: {bill_type: 131, codes: [23472, 27130, 27446, 27447, 27486]}
    per: case
    pay: {amount: 17200}
    except: Implants
    cite: Exhibit B §2
  - name: Arthroscopy, day case
    for: {bill_type: 131, codes: 29000-29999}
    per: case
    pay: {amount: 4650}
    except: Implants
    cite: Exhibit B §2
  - name: Other surgery, day case
    for: {bill_type: 131, revenue_codes: 0360-0369}
    per: case
    pay: {amount: 3400}
    except: Implants
    cite: Exhibit B §2
  - name: Other facility services
    for: {claim_type: institutional}
    pay: {percent_of_charges: 42}
    cite: Exhibit B §3
  - name: Not paid apart
    for: {codes: [97010, 99070, A4550]}
    pay: nothing
    cite: Exhibit A, note 2
  - name: Fee schedule
    for: {codes: on schedule}
    pay: {fee_schedule: exhibit-a.csv}
    cite: Exhibit A
  - name: Anything else
    pay: {percent_of_charges: 45}
    cite: Exhibit A, note 5
rules:
  lesser_of: {level: line}
  multiple_procedures: {order: fee, percent: [100, 50, 50, 25]}
  modifiers: {"50": 150%, "80": 20%, AS: 14%, "62": 62.5%}
  escalator: {every: 1 year, percent: 3, applies_to: [fee_schedule, case], from: 2024-01-01}
provisions:
  payment_days: 30
  interest: 12
  timely_filing: 120 days
  termination: {without_cause: 120 days}
  retro_audit: 12 months
cases:
  - {code: 99213, setting: office, date: 2024-12-02, allowed: 135.14}
  - {name: after two escalations, code: 99213, setting: office, date: 2026-03-02, allowed: 143.37}
  - name: two arthroscopic procedures
    date: 2026-03-02
    claim: {claim_type: professional}
    lines: [{code: "29881", modifiers: [RT], charge: 1500}, {code: "29876", modifiers: ["59", RT], charge: 1800}]
    allowed: 1507.89
  - name: hip or knee replacement with its implants
    date: 2026-03-02
    claim: {claim_type: institutional, bill_type: 111, drg: 470}
    lines:
      - {revenue_code: 0120, units: 2, charge: 4600}
      - {revenue_code: 0278, charge: 9000}
      - {revenue_code: 0360, charge: 25000}
    allowed: 29412.05
"""

PRAIRIE = """
contract: Cedar Ridge Orthopaedics with Prairie Mutual
parties:
  provider: {name: Cedar Ridge Orthopaedics, tin: ["84-0000000"]}
  payer: {name: Prairie Mutual, ids: [PRMU1]}
effective: 2024-01-01
ends: 2027-06-30
renewal: {evergreen: 1 year, notice: 90 days}
schedules: {prairie: prairie-schedule.csv}
code_sets: {office visits: 99202-99215, therapy: 97010-97799}
terms:
  - name: Implants
    for: {revenue_codes: 0278, charge_over: 2500}
    pay: {percent_of_charges: 32}
    carve_out: yes
    cite: Schedule 2(c)
  - name: Hospital stay
    for: {bill_type: 111}
    per: day
    pay: {amount: 4150}
    except: Implants
    cite: Schedule 2(a)
  - name: Joint replacement, day case
    for: {bill_type: 131, codes: [23472, 27130, 27446, 27447, 27486]}
    per: case
    pay: {amount: 15100}
    except: Implants
    cite: Schedule 2(b)
  - name: Other surgery, day case
    for: {bill_type: 131, revenue_codes: 0360}
    per: case
    pay: {amount: 3880}
    except: Implants
    cite: Schedule 2(b)
  - name: Other facility services
    for: {claim_type: institutional}
    pay: {percent_of_charges: 40}
    cite: Schedule 2(d)
  - name: Not paid apart
    for: {codes: [97010, 99070, A4550]}
    pay: nothing
    cite: Schedule 1(e)
  - name: Office visits
    for: {codes: office visits}
    pay: {percent_of: prairie, year: 2025, percent: 131}
    cite: Schedule 1(a)
  - name: Therapy
    for: {codes: therapy}
    pay: {percent_of: prairie, rates_of: date of service, percent: 98}
    cite: Schedule 1(b)
  - name: Everything on the schedule
    for: {codes: on schedule}
    pay: {percent_of: prairie, rates_of: date of service, percent: 118}
    cite: Schedule 1(c)
  - name: Anything else
    pay: {percent_of_charges: 40}
    cite: Schedule 1(d)
rules:
  lesser_of: {level: claim}
  multiple_procedures: {order: fee, percent: [100, 50]}
  modifiers: {"50": 150%, "80": 16%, AS: 13.6%, "62": 62.5%}
  escalator: none
provisions:
  payment_days: 45
  timely_filing: 180 days
  termination: {without_cause: 90 days}
cases:
  - {code: 97110, setting: office, date: 2025-03-03, units: 3, allowed: 121.47}
  - name: a film billed below its rate, the claim compared as a whole
    date: 2026-03-02
    claim: {claim_type: professional}
    lines: [{code: 99213, setting: office, charge: 200}, {code: 73562, modifiers: [RT], setting: office, charge: 50}]
    allowed: 206.55
"""

LAKESHORE = """
contract: Cedar Ridge Orthopaedics with Lakeshore Community Plan
parties:
  provider: {name: Cedar Ridge Orthopaedics, tin: ["84-0000000"]}
  payer: {name: Lakeshore Community Plan, ids: [LAKE1], also: [Lakeshore Plan]}
products: [HMO]
effective: 2023-07-01
ends: 2027-06-30
renewal: {notice: 180 days}
terms:
  - name: Facility services
    for: {claim_type: institutional}
    pay: {percent_of_charges: 52}
    cite: Attachment C
  - name: Not paid apart
    for: {codes: [97010, 99070, A4550]}
    pay: nothing
    cite: Attachment B, note 1
  - name: Fee schedule
    for: {codes: on schedule}
    pay: {fee_schedule: schedule-2023.csv}
    cite: Attachment B
  - name: Anything else
    pay: {percent_of_charges: 45}
    cite: Attachment B, note 3
rules:
  lesser_of: {level: line}
  multiple_procedures: {order: fee, percent: [100, 50, 25]}
  modifiers: {"50": 150%, "80": 16%, AS: 13.6%, "62": 60%}
  escalator: none
provisions:
  payment_days: 30
  interest: 18
  timely_filing: 90 days
cases:
  - {name: before the amendment, code: 20610, modifiers: ["50"], setting: office, date: 2025-06-30, allowed: 140.10}
  - {name: after it, code: 20610, modifiers: ["50"], setting: office, date: 2025-07-01, allowed: 147.56}
"""

LAKESHORE_AMENDMENT = """
amendment: First amendment
effective: 2025-07-01
signed: 2025-05-12
known: 2025-05-20
schedules: {schedule-2023.csv: schedule-2025.csv}
terms:
  - name: Anything else
    pay: {percent_of_charges: 42}
    cite: First amendment §2
"""
