"""Votes: who may vote, what counts, results with their margin, elections and what follows from them."""

import base64
from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation, UniqueViolation

from ..meeting.common import MeetingCommon


@tagged("post_install", "-at_install")
class TestVote(MeetingCommon):
    def setUp(self):
        super().setUp()
        self.meeting = self.convene(opened=True)
        self.lines = self.meeting.attendance_ids.sorted("id")

    def make_vote(self, *, opened=True, **values):
        vote = self.env["governance.resolution"].create(
            {"meeting_id": self.meeting.id, "name": "The accounts are approved", **values}
        )
        if opened:
            vote.action_open()
        return vote

    def rule(self, name):
        return self.env.ref(f"network_governance.majority_{name}").id

    # ---- who may vote ----

    def test_the_electorate_is_frozen_and_late_arrivals_vote_from_then_on(self):
        self.arrive(self.meeting, *self.lines[:3])
        self.meeting.give_proxy(self.lines[4].id, self.lines[0].id, True)
        first = self.make_vote()
        self.assertEqual({(one.partner_id, one.voices, one.proxies) for one in first.elector_ids}, {
            (self.people[0], 2, 1), (self.people[1], 1, 0), (self.people[2], 1, 0)})  # fmt: skip
        self.meeting.mark_departure(self.lines[1].id)
        self.arrive(self.meeting, self.lines[3])
        second = self.make_vote()
        self.assertEqual(len(first.elector_ids), 3)
        self.assertEqual(second.elector_ids.partner_id, self.people[0] | self.people[2] | self.people[3])
        self.assertEqual((first.present_voices, first.convened_voices), (4, 6))
        self.assertIn("present", first.quorum)

    def test_what_keeps_a_vote_from_being_opened(self):
        with self.refused(UserError, "No quorum: 3 missing"):
            self.make_vote()
        self.arrive(self.meeting, *self.lines[:3])
        with self.refused(UserError, "counted by tellers: name them"):
            self.make_vote(ballot="secret")
        with self.refused(UserError, "Write the candidates"):
            self.make_vote(kind="election")
        with self.refused(CheckViolation, "secret_has_no_names"), mute_logger("odoo.sql_db"):
            self.make_vote(kind="election", ballot="names")
        draft = self.make_meeting()
        with self.refused(UserError, "is not under way"):
            self.make_vote(meeting_id=draft.id)
        vote = self.make_vote()
        with self.refused(UserError, "It cannot be opened"):
            vote.action_open()
        with self.refused(UserError, "is frozen once the vote is open"):
            vote.rule_id = self.rule("relative")
        with self.refused(UserError, "A vote is under way"):
            self.meeting.action_close()

    def test_an_assembly_votes_on_what_it_was_convened_for(self):
        assembly = self.make_assembly(3)
        self.meeting = self.convene(assembly, opened=True)
        self.arrive(self.meeting, *self.meeting.attendance_ids)
        with self.refused(UserError, "was not on the agenda"):
            self.make_vote()
        late = self.env["governance.agenda.item"].create({"meeting_id": self.meeting.id, "name": "A surprise"})
        with self.refused(UserError, "was not on the agenda"):
            self.make_vote(item_id=late.id)
        self.assertEqual(self.make_vote(item_id=self.meeting.agenda_ids[0].id).present_voices, 3)

    # ---- counting ----

    def test_a_vote_by_name_with_split_voices(self):
        self.arrive(self.meeting, *self.lines[:3])
        self.meeting.give_proxy(self.lines[4].id, self.lines[0].id, True)
        vote = self.make_vote(ballot="names")
        holder = vote.elector_ids.filtered(lambda elector: elector.voices == 2)
        with self.refused(CheckViolation, "within_voices"), mute_logger("odoo.sql_db"):
            holder.write({"yes": 2, "no": 1})
            self.env.flush_all()
        holder.write({"yes": 1, "no": 1})
        vote.action_all_yes()
        self.assertEqual(sum(vote.elector_ids.mapped("left")), 0)
        vote.action_close()
        self.assertEqual((vote.result, vote.yes, vote.no, vote.needed, vote.margin), ("adopted", 3, 1, 3, 0))
        self.assertIn("Exactly as many as needed", vote.sentence)
        with self.refused(UserError, "Votes are entered while it is open"):
            holder.yes = 0

    def test_results_say_their_margin(self):
        self.arrive(self.meeting, *self.lines)
        for rule, totals, result, words in (
            ("absolute", {"yes": 5, "no": 1}, "adopted", "1 voice more than needed"),
            ("absolute", {"yes": 3, "no": 3}, "refused", "1 voice was missing"),
            ("absolute", {"yes": 3, "no": 2, "blank": 1}, "adopted", "Exactly as many"),
            ("cast", {"yes": 3, "no": 2, "blank": 1}, "refused", "1 voice was missing"),
            ("present", {"yes": 3}, "refused", "3 abstaining"),
            ("two_thirds", {"yes": 4, "no": 2}, "adopted", "at least 2/3"),
            ("all", {"yes": 6}, "adopted", "2 voices more than needed"),
        ):
            with self.subTest(rule=rule, totals=totals):
                vote = self.make_vote(rule_id=self.rule(rule))
                vote.tally_ids.write(totals)
                vote.action_close()
                self.assertEqual(vote.result, result)
                self.assertIn(words, vote.sentence)

    def test_totals_are_entered_and_within_the_electorate(self):
        self.arrive(self.meeting, *self.lines[:4])
        vote = self.make_vote(ballot="secret", teller_ids=[Command.set(self.people[:2].ids)])
        with self.refused(UserError, "Enter the totals"):
            vote.action_close()
        with self.refused(CheckViolation, "within_voices"), mute_logger("odoo.sql_db"):
            vote.tally_ids.write({"yes": 4, "no": 1})
            self.env.flush_all()
        # Nothing tells who voted what: not even the database would keep it.
        with self.refused(CheckViolation, "governance_elector_secret"), mute_logger("odoo.sql_db"):
            vote.elector_ids[0].yes = 1
            self.env.flush_all()
        with self.refused(UserError, "only its totals are kept"):
            vote.elector_ids.action_yes()
        vote.tally_ids.write({"yes": 3, "blank": 1})
        vote.action_close()
        self.assertEqual((vote.result, vote.yes, vote.blank), ("adopted", 3, 1))
        with self.refused(UserError, "Totals are entered while it is open"):
            vote.tally_ids.yes = 0

    def test_the_chairs_voice_breaks_a_tie(self):
        self.arrive(self.meeting, *self.lines[:4])
        rule = self.env["governance.majority.rule"].create({"name": "With the chair's voice", "casting": True})
        vote = self.make_vote(rule_id=rule.id)
        vote.tally_ids.write({"yes": 2, "no": 2})
        vote.casting_vote = "yes"
        rule.casting = False  # changed later: this vote keeps its rule
        vote.action_close()
        self.assertEqual(vote.result, "adopted")
        self.assertIn("casting vote", vote.sentence)

    def test_a_college_may_refuse_for_all(self):
        board = self.make_body((3, 2), name="By colleges")
        people = self.make_people(5, "Elected", email="elected@example.org")
        self.seat(board.seat_ids, people)
        self.meeting = self.convene(board, opened=True)
        self.arrive(self.meeting, *self.meeting.attendance_ids)
        for rule, small, result in (
            ("each", (0, 2), "refused"),
            ("each", (2, 0), "adopted"),
            ("absolute", (0, 2), "adopted"),
        ):
            with self.subTest(rule=rule, small=small):
                vote = self.make_vote(rule_id=self.rule(rule))
                if rule == "absolute":
                    vote.tally_ids.write({"yes": 3, "no": 2})
                else:
                    by_college = {tally.college_id: tally for tally in vote.tally_ids}
                    by_college[self.colleges[0]].yes = 3
                    by_college[self.colleges[1]].write({"yes": small[0], "no": small[1]})
                vote.action_close()
                self.assertEqual(vote.result, result)

    def test_a_college_that_stays_away_refuses_where_all_are_counted(self):
        board = self.make_body((3, 2), name="By colleges")
        self.seat(board.seat_ids, self.make_people(5, "Elected", email="elected@example.org"))
        self.meeting = self.convene(board, opened=True)
        first = self.meeting.attendance_ids.filtered(lambda line: line.college_id == self.colleges[0])
        self.arrive(self.meeting, *first)
        rule = self.env["governance.majority.rule"].create({"name": "All", "base": "all", "by_college": "each"})
        for chosen, result in ((rule.id, "refused"), (self.rule("each"), "adopted")):
            vote = self.make_vote(rule_id=chosen)
            vote.tally_ids.yes = 3
            vote.action_close()
            self.assertEqual(vote.result, result)

    # ---- the register ----

    def test_decisions_are_numbered_without_holes_and_replaced(self):
        self.arrive(self.meeting, *self.lines)
        votes = [self.make_vote(name=f"Vote {number}") for number in range(4)]
        for vote, yes in zip(votes, (6, 0, 6, 6), strict=True):
            vote.tally_ids.write({"yes": yes, "no": 6 - yes})
            if vote == votes[3]:
                vote.replaces_id = votes[0]
            vote.action_close()
        with self.refused(UserError, "It is decided"):
            votes[3].replaces_id = votes[2]
        numbers = [vote.number for vote in votes if vote.number]
        self.assertEqual([number.split("-")[1] for number in numbers], ["001", "002", "003"])
        self.assertFalse(votes[1].number, "what is refused takes no number")
        self.env.flush_all()
        register = self.env["governance.resolution"]
        in_force = register.search([("in_force", "=", True), ("company_id", "=", self.company.id)])
        self.assertEqual(in_force, votes[2] | votes[3])
        self.assertFalse(votes[0].in_force)
        action = votes[2].action_commit()
        commitment = self.env["association.commitment"].with_context(**action["context"]).create({"name": "Do it"})
        self.assertEqual((commitment.resolution_id, commitment.ladder), (votes[2], "recorded"))

    def test_a_withdrawn_vote_decides_nothing(self):
        self.arrive(self.meeting, *self.lines)
        vote = self.make_vote()
        vote.action_withdraw()
        self.assertFalse(vote.number or vote.result)
        done = self.make_vote()
        done.tally_ids.yes = 6
        done.action_close()
        with self.refused(UserError, "It is decided"):
            done.action_withdraw()
        with self.refused(UserError, "part of the meeting"):
            done.unlink()

    # ---- elections ----

    def elect(self, voices, seats=2, **values):
        candidates = self.make_people(len(voices), "Candidate")
        vote = self.make_vote(
            kind="election",
            seats=seats,
            rule_id=self.rule("relative"),
            candidate_ids=[Command.create({"partner_id": person.id}) for person in candidates],
            **values,
        )
        for candidate, own in zip(vote.candidate_ids, voices, strict=True):
            candidate.voices = own
        return vote

    def test_an_election_becomes_mandates_and_their_declaration(self):
        board = self.make_body((2,), name="New board", declared=True)
        self.arrive(self.meeting, *self.lines)
        vote = self.elect([4, 2, 5], body_id=board.id)
        vote.tally_ids.yes = 6
        vote.action_close()
        self.assertEqual(vote.result, "elected")
        self.assertIn("Elected: Candidate 3 (5 voices), Candidate 1 (4 voices).", vote.sentence)
        self.assertIn("Not elected: Candidate 2", vote.sentence)
        vote.action_seat()
        self.assertEqual(set(board.mandate_ids.partner_id.mapped("name")), {"Candidate 1", "Candidate 3"})
        self.assertEqual(set(board.mandate_ids.mapped("date_from")), {vote.decided_on})
        declaration = self.env["governance.declaration"].search([("company_id", "=", self.company.id)])
        self.assertEqual(len(declaration.line_ids), 2)
        with self.refused(UserError, "are given already"):
            vote.action_seat()

    def test_elections_that_do_not_come_out(self):
        self.arrive(self.meeting, *self.lines)
        vote = self.elect([3, 3], seats=1)
        vote.action_close()
        self.assertEqual(vote.result, "tied")
        self.assertIn("a further round decides", vote.sentence)
        with self.refused(UserError, "Nobody is elected yet"):
            vote.action_seat()
        much = self.elect([7], seats=1)
        with self.refused(UserError, "no candidate can have more voices"):
            much.action_close()
        full = self.elect([5], seats=1, body_id=self.board.id)
        full.action_close()
        with self.refused(UserError, "has 0 free seats"):
            full.action_seat()
        with self.refused(UniqueViolation, "candidate_once"), mute_logger("odoo.sql_db"):
            self.make_vote(
                opened=False,
                kind="election",
                candidate_ids=[Command.create({"partner_id": self.people[0].id}) for _twice in range(2)],
            )
        with self.refused(UserError, "before the vote is opened"):
            vote.candidate_ids[0].partner_id = self.people[0]

    def test_the_eldest_is_elected_between_equals(self):
        self.arrive(self.meeting, *self.lines)
        vote = self.elect([3, 3], seats=1, tie="eldest")
        vote.candidate_ids.invalidate_recordset()
        self.env.cr.execute(
            "UPDATE governance_candidate SET since = %s WHERE id = %s", [date(1950, 1, 1), vote.candidate_ids[1].id]
        )
        vote.candidate_ids.invalidate_recordset()
        vote.action_close()
        self.assertEqual(vote.candidate_ids.filtered("elected").partner_id.name, "Candidate 2")

    # ---- at a distance ----

    def test_the_voting_server(self):
        for number, person in enumerate(self.people):
            person.email = f"person{number}@example.org"
        vote = self.make_vote(ballot="server")
        self.assertEqual(vote.present_voices, 6, "all who were convened vote, there or not")
        action = vote.action_export_voters()
        file = self.env["association.spreadsheet"].sudo().browse(int(action["url"].split("/")[4]))
        lines = base64.b64decode(file.content).decode().splitlines()
        self.assertEqual(lines[0], f"person0@example.org,{vote.elector_ids.sorted('id')[0].id}")
        self.assertEqual(len(lines), 6)
        wizard = self.env["governance.tally.wizard"].create(
            {"resolution_id": vote.id, "file": base64.b64encode(b'{"result": [[4, 1]]}')}
        )
        with self.refused(UserError, "For, Against, Blank"):
            wizard.action_confirm()
        wizard.file = base64.b64encode(b"<html>")
        with self.refused(UserError, "no result of the server"):
            wizard.action_confirm()
        wizard.file = base64.b64encode(b'{"result": [[4, 1, 1]]}')
        wizard.action_confirm()
        vote.action_close()
        self.assertEqual((vote.result, vote.yes, vote.no, vote.blank), ("adopted", 4, 1, 1))
        self.people[1].email = self.people[0].email
        other = self.make_vote(ballot="server")
        with self.refused(UserError, "an address of its own"):
            other.action_export_voters()

    def test_votes_by_post_count_as_there_where_the_statutes_allow(self):
        with self.refused(ValidationError, "takes no votes by post"):
            self.lines[0].post_vote = True
        self.board.article_post = "Article 8"
        self.meeting.by_post = True
        self.lines[:3].post_vote = True
        self.assertEqual(self.make_vote().present_voices, 3)

    def test_no_query_for_each_elector(self):
        def count(members):
            assembly = self.make_assembly(members, name=f"Assembly of {members}")
            self.meeting = self.convene(assembly, opened=True)
            for line in self.meeting.attendance_ids:
                self.env["governance.stay"].create({"attendance_id": line.id, "arrived_at": self.meeting.opened_at})
            vote = self.make_vote(opened=False, ballot="names", item_id=self.meeting.agenda_ids[0].id)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            vote.action_open()
            vote.action_all_yes()
            vote.action_close()
            self.env.flush_all()
            self.assertEqual(vote.yes, len(self.meeting.attendance_ids))
            return self.env.cr.sql_log_count - before

        count(2)
        few, many = count(4), count(40)
        self.assertLessEqual(many, few + 4)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_a_director_reads_results_and_decides_nothing(self):
        self.arrive(self.meeting, *self.lines)
        vote = self.make_vote()
        own = vote.with_user(self.users["director"])
        self.assertEqual(own.name, vote.name)
        for act in (own.action_close, own.action_withdraw, lambda: own.tally_ids.write({"yes": 1})):
            with self.assertRaises(AccessError):
                act()
        with self.assertRaises(AccessError):
            vote.with_user(self.outsider).read(["name"])
        secretary = vote.with_user(self.users["secretary"])
        for vals in ({"result": "adopted"}, {"number": "2026-001"}, {"yes": 5}, {"state": "closed"}):
            with self.assertRaises(AccessError):
                secretary.write(vals)
