"""Meetings of the Lianes network: a board that was held, one that is convened, an assembly under way, one to convene."""

from datetime import datetime, time, timedelta

import pytz
from odoo import fields
from odoo.fields import Command

#: Of the members of the assembly under way: how many have come, and how many of those who have not gave a proxy.
ARRIVED, PROXIES = 52, 9
AGENDA = ("Rapport moral et d'activité", "Comptes de l'exercice", "Orientations et budget", "Questions diverses")


class DemoMeetings:
    """Makes the meetings of one company.

    :param demo: the ``governance.demo``, in the company's context.
    """

    def __init__(self, demo):
        self.demo = demo
        self.env = demo.env

    def make(self):
        """Make them all."""
        board, assembly = self.demo._ref("demo_board"), self.demo._ref("demo_assembly")
        board.article_distance = "Article 11"
        board.write({"meeting_months": 2})
        assembly.write({"article_post": "Article 9", "represented_count": True})
        held = self._hold_board(board)
        self._plan(board, 9, "Salle Jacquard, 5 rue des Jumelages, Lille", convened=True)
        self._open_assembly(assembly)
        self._plan(assembly, 24, "Maison des associations, Lille")
        self._plan(self.demo._ref("demo_bureau"), 12, "Au siège")
        self.demo._name_records([("demo_meeting_board", held)])

    def _plan(self, body, days, place, *, hour=18, convened=False):
        """Plan a meeting so many days from now; convene it by hand, so that no mail leaves."""
        day = self.demo._today() + timedelta(days=days)
        zone = pytz.timezone("Europe/Paris")
        start = zone.localize(datetime.combine(day, time(hour, 0))).astimezone(pytz.utc).replace(tzinfo=None)
        meeting = self.env["governance.meeting"].create(
            {
                "body_id": body.id,
                "starts_at": start,
                "place": place,
                "short_notice": days < body.notice_days and "Date fixée par la réunion précédente",
                "agenda_ids": [
                    Command.create({"name": name, "minutes": 20 + 10 * rank, "for_decision": 0 < rank < 3})
                    for rank, name in enumerate(AGENDA)
                ],
            }
        )
        if convened:
            meeting.action_list()
            meeting.attendance_ids.channel = "hand"
            meeting.action_convene()
        return meeting

    # ---- a board that was held ----

    def _hold_board(self, board):
        meeting = self._plan(board, -75, "Salle Jacquard, 5 rue des Jumelages, Lille", convened=True)
        meeting.action_open()
        lines = meeting.attendance_ids.sorted("id")
        meeting.write({"chair_id": lines[0].partner_id.id, "writer_id": lines[1].partner_id.id})
        self._arrive(lines[:10])
        for giver, holder in zip(lines[10:12], lines[:2], strict=True):
            self._give(meeting, giver, holder)
        items = meeting.agenda_ids.sorted("sequence")
        self._vote(meeting, items[1], "Les comptes de l'exercice sont arrêtés", "absolute", (11, 1, 0))
        adopted = self._vote(meeting, items[2], "Une convention est proposée au département", "two_thirds", (9, 2, 1))
        self._vote(meeting, items[2], "Le siège est transféré à Roubaix", "absolute", (4, 7, 1))
        meeting.action_close()
        self._backdate(meeting)
        meeting.action_minutes()
        structure = lines[2].structure_id or lines[0].structure_id
        self.env["association.commitment"].create(
            {
                "name": "Écrire le projet de convention",
                "company_id": meeting.company_id.id,
                "resolution_id": adopted.id,
                "owner_id": structure.id,
                "person_id": lines[2].partner_id.id,
                "deadline": self.demo._today() + timedelta(days=21),
                "ladder": "recorded",
            }
        )
        return meeting

    def _backdate(self, meeting):
        """Tell what was just made as it was on the day of the meeting."""
        start = meeting.starts_at
        end = start + timedelta(hours=2)
        meeting.sudo().write(
            {"convened_at": start - timedelta(days=12), "opened_at": start, "closed_at": end},
        )
        meeting.attendance_ids.sudo().convened_at = start - timedelta(days=12)
        meeting.attendance_ids.stay_ids.sudo().write({"arrived_at": start, "left_at": end})
        for rank, vote in enumerate(meeting.resolution_ids, 1):
            opened = start + timedelta(minutes=30 * rank)
            vote.sudo().write({"opened_at": opened, "closed_at": opened + timedelta(minutes=4)})

    # ---- an assembly under way ----

    def _open_assembly(self, assembly):
        meeting = self._plan(assembly, 0, "Palais des congrès, Lille", hour=9, convened=True)
        meeting.action_open()
        lines = meeting.attendance_ids.sorted("id")
        meeting.sudo().opened_at = meeting.starts_at
        self._arrive(lines[:ARRIVED])
        for giver, holder in zip(lines[ARRIVED : ARRIVED + PROXIES], lines[:PROXIES], strict=True):
            self._give(meeting, giver, holder)
        items = meeting.agenda_ids.sorted("sequence")
        self._vote(meeting, items[1], "Les comptes sont approuvés et quitus est donné", "absolute", (55, 4, 2))
        vote = self._vote(meeting, items[2], "Les orientations sont adoptées", "absolute", None, ballot="names")
        vote.elector_ids[:7].action_no()
        self.env["governance.resolution"].create(
            {
                "meeting_id": meeting.id,
                "item_id": items[3].id,
                "name": "Élection de deux membres du conseil d'administration",
                "kind": "election",
                "ballot": "secret",
                "seats": 2,
                "body_id": self.demo._ref("demo_board").id,
                "rule_id": self._rule("relative"),
                "teller_ids": [Command.set(self._find_people(12, 13).ids)],
                "candidate_ids": [
                    Command.create({"partner_id": person.id}) for person in self._find_people(17, 18, 19)
                ],
            }
        )

    def _find_people(self, *numbers):
        """Return people of the network, by their numbers in ``people.csv``."""
        people = self.env["res.partner"]
        return people.union(*(self.demo._ref(f"demo_lianes_person_{number}") for number in numbers))

    # ---- what both have ----

    def _arrive(self, lines):
        now = fields.Datetime.now()
        self.env["governance.stay"].sudo().create([{"attendance_id": line.id, "arrived_at": now} for line in lines])
        lines.invalidate_recordset()

    def _give(self, meeting, giver, holder):
        self.env["governance.proxy"].create(
            {"meeting_id": meeting.id, "giver_id": giver.id, "holder_id": holder.id, "paper_seen": True}
        )

    def _rule(self, name):
        return self.env.ref(f"network_governance.majority_{name}").id

    def _vote(self, meeting, item, name, rule, totals, **values):
        vote = self.env["governance.resolution"].create(
            {"meeting_id": meeting.id, "item_id": item.id, "name": name, "rule_id": self._rule(rule), **values}
        )
        vote.action_open()
        if totals:
            vote.tally_ids.write(dict(zip(("yes", "no", "blank"), totals, strict=True)))
            vote.action_close()
        return vote
