"""Small scorecard files for the tests that read them."""

CONTRACT = """
key: voice
title: Voice calls
channels: [call]
sections:
  - title: Opening
    weight: 20
    criteria:
      - key: identified
        title: Identifies the customer
        scale: yes_no
      - key: greeting
        title: Greets by the standard
        guide: Company, own name, offer of help.
        weight: 1
        scale:
          - {label: Full, points: 2}
          - {label: Partly, points: 1}
          - {label: Not done, points: 0}
        na: true                 # may be answered N/A (default true)
        justify: below_best      # never, below_best (default), always
        critical: compliance     # customer, business, compliance; absent = not critical
        effect: fail_contact     # none, fail_section, fail_contact, {cap: 50}
        reasons: [Forgot the company name, Spoke too fast]
        advice: Listen to the model greeting in the knowledge base and say it aloud three times.
        only_if: {criterion: identified, option: "Yes"}   # asked only then
"""


def card(criterion: str) -> str:
    """Return a small file whose first criterion has the fields that *criterion* gives."""
    return f"""key: voice
title: Voice
channels: [call]
sections:
  - title: Opening
    weight: 1
    criteria:
      - key: known
        title: Known
        scale: [{{label: Full, points: 2}}, {{label: Not done, points: 0}}]
      - {criterion}
"""


def greeting(fields: str) -> str:
    return card(f"key: greeting\n        title: Greets\n        {fields}")


def scale(*options: str) -> str:
    lines = [f"          - {option}" for option in options]
    return greeting("\n".join(["scale:", *lines]))
