"""Belenios: the electors that it reads, the result that it writes."""

import json
import unittest

from network_governance.calculation.vote.belenios import (
    NoResult,
    Voter,
    objections_to_voters,
    read_result,
    write_voters,
)


class TestBelenios(unittest.TestCase):
    def test_voters(self):
        alone = [Voter("b@example.org", "2", 1), Voter("a@example.org", "1", 1)]
        self.assertEqual(write_voters(alone), "a@example.org,1\nb@example.org,2\n")
        self.assertEqual(write_voters([*alone, Voter("c@example.org", "3", 4)]).splitlines()[-1], "c@example.org,3,4")
        self.assertEqual(write_voters([]), "")

    def test_voters_refused(self):
        voters = [Voter(None, "1", 1), Voter("a,b@x.org", "2", 1), Voter("c@x.org", "3", 1), Voter("C@x.org", "4", 1)]
        self.assertEqual(objections_to_voters(voters), {"1": "no_address", "2": "address", "4": "twice"})

    def test_result(self):
        self.assertEqual(read_result(json.dumps({"result": [[5, 2, 1]], "num_tallied": 8}), 3), [5, 2, 1])
        self.assertEqual(read_result(b'{"result": [[0, 0], [1]]}', 2), [0, 0])

    def test_result_refused(self):
        for content, answers, reason in (
            ("no", 3, "not_json"),
            (b"\xff\xfe\x00", 3, "not_json"),
            ("[" * 100_000, 3, "not_json"),
            ("[]", 3, "no_result"),
            ("{}", 3, "no_result"),
            ('{"result": []}', 3, "no_result"),
            ('{"result": [[1, 2]]}', 3, "shape"),
            ('{"result": [[1, 2, -3]]}', 3, "shape"),
            ('{"result": [[1, 2, 1.5]]}', 3, "shape"),
            ('{"result": [[1, 2, true]]}', 3, "shape"),
            ('{"result": ["abc"]}', 3, "shape"),
            (" " * 6_000_000, 3, "large"),
        ):
            with self.subTest(reason=reason, content=content[:20]), self.assertRaises(NoResult) as refused:
                read_result(content, answers)
            self.assertEqual(refused.exception.args, (reason,))
