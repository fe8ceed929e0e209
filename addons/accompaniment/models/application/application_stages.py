"""The stages of an application, from the idea to the last report, and what they mean."""

STAGES = [
    ("spotted", "Spotted"),
    ("writing", "Being written"),
    ("submitted", "Submitted"),
    ("granted", "Granted"),
    ("refused", "Refused"),
    ("agreement", "Agreement signed"),
    ("running", "Running"),
    ("reported", "Reported"),
    ("repaid", "To be repaid"),
    ("closed", "Application closed"),
]
#: Stages in which the funder has not decided yet.
ASKED = ("spotted", "writing", "submitted")
#: Stages in which something is granted.
GRANTED = ("granted", "agreement", "running", "reported", "repaid")
#: What is proposed as the probability at a stage.
PROBABILITIES = {"spotted": 0.2, "writing": 0.3, "submitted": 0.5, "refused": 0.0, **dict.fromkeys(GRANTED, 1.0)}
