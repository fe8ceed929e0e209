"""What the statutes may object to in a mandate."""

import unittest

from network_governance.calculation.mandate.mandate_checks import MandateFacts, objections


class TestMandateChecks(unittest.TestCase):
    def test_objections(self):
        structure = {"college": 1, "territories": {7, 70}, "category": 3, "up_to_date": False}
        cases = [
            ({}, []),
            ({"conditions": {"up_to_date": True}}, ["not_member"]),
            ({"structure": structure, "conditions": {"college": 1, "territory": 70, "categories": (3,)}}, []),
            ({"structure": structure, "conditions": {"college": 2}}, ["college"]),
            ({"structure": structure, "conditions": {"territory": 8, "up_to_date": True}},
             ["territory", "not_up_to_date"]),
            ({"structure": structure, "conditions": {"categories": (4,)}}, ["category"]),
            ({"seats": 3, "most": 3}, []),
            ({"seats": 4, "most": 3}, ["too_many"]),
            ({"seats": 9, "most": 0}, []),
            ({"seats_of_structure": 2, "incompatible": ("X",)}, ["structure_twice", "incompatible"]),
            ({"over_maximum": True}, ["over_maximum"]),
            ({"offices": ("president", "secretary")}, []),
            ({"offices": ("treasurer", "president")}, ["president_treasurer"]),
            ({"person_archived": True, "structure_archived": True}, ["person_archived", "structure_archived"]),
            ({"person_archived": True, "person_left": "deceased"}, ["person_deceased"]),
            ({"person_left": "resigned"}, []),
            ({"structure_archived": True, "structure_left": "dissolved"}, ["structure_dissolved"]),
            ({"structure_left": "excluded", "over_maximum": True}, ["structure_left", "over_maximum"]),
        ]  # fmt: skip
        for values, expected in cases:
            with self.subTest(values=values):
                self.assertEqual(objections(MandateFacts(**values)), expected)
