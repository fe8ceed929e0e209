"""Draws by lot: thirds, terms, and what is frozen."""

from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import GovernanceCommon


@tagged("post_install", "-at_install")
class TestThirds(GovernanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.body = cls.make_body((12,), renewal="thirds", term_months=36)
        cls.mandates = cls.seat(cls.body.seat_ids, cls.make_people(12), first=date(2026, 1, 1))
        cls.draw = (
            cls.env["governance.draw"]
            .with_user(cls.users["secretary"])
            .create({"body_id": cls.body.id, "drawn_on": "2026-01-15"})
        )

    def test_a_draw_gives_terms_by_thirds_and_can_be_checked(self):
        with self.refused(UserError, "Draw the lots first"):
            self.draw.action_record()
        self.draw.action_draw()
        self.assertEqual(sorted(self.draw.line_ids.mapped("third")), [1] * 4 + [2] * 4 + [3] * 4)
        self.assertEqual({line.seat_id.id: line.third for line in self.draw.line_ids}, self.draw._redraw())
        self.assertEqual(set(self.mandates.mapped("term_date")), {date(2028, 12, 31)}, "not before it is recorded")
        self.draw.action_record()
        terms = {1: date(2026, 12, 31), 2: date(2027, 12, 31), 3: date(2028, 12, 31)}
        for line in self.draw.line_ids:
            self.assertEqual(line.mandate_id.term_date, terms[line.third])
            self.assertEqual(line.seat_id.third, line.third)
            self.assertEqual(line.former_term, date(2028, 12, 31))

    def draw_with(self, day, mandate):
        """Return the line of a mandate in a draw of a day, and the draw."""
        draw = self.env["governance.draw"].create({"body_id": self.body.id, "drawn_on": day})
        draw.action_draw()
        return draw.line_ids.filtered(lambda line: line.mandate_id == mandate), draw

    def test_a_replacement_drawn_into_a_third_takes_its_predecessors_term(self):
        """Its own first day does not count: it sits for the rest of the term that its seat was given for."""
        second = self.mandates[0]._replace(date(2026, 3, 1), "resigned", {"partner_id": self.make_people(1, "Two").id})
        third = second._replace(date(2026, 5, 1), "resigned", {"partner_id": self.make_people(1, "Three").id})
        line, draw = self.draw_with("2026-06-01", third)
        terms = {1: date(2026, 12, 31), 2: date(2027, 12, 31), 3: date(2028, 12, 31)}
        for number, term in terms.items():
            line.third = number
            self.assertEqual(line.new_term, term)
        line.third = 1
        draw.action_record()
        self.assertEqual(third.term_date, date(2026, 12, 31))

    def test_who_is_replaced_between_the_draw_and_its_record_hands_the_term_on(self):
        first = self.mandates[0]
        line, draw = self.draw_with("2026-01-15", first)
        line.third = 1
        second = first._replace(date(2026, 3, 1), "resigned", {"partner_id": self.make_people(1, "Two").id})
        draw.action_record()
        self.assertEqual((first.term_date, second.term_date), (date(2026, 12, 31),) * 2)
        third = second._replace(date(2026, 5, 1), "resigned", {"partner_id": self.make_people(1, "Three").id})
        self.assertEqual(third.term_date, date(2026, 12, 31), "and so does who follows later")

    def test_lots_drawn_by_hand(self):
        self.draw.action_draw()
        line = self.draw.line_ids.filtered(lambda line: line.third != 1)[0]
        line.third = 1
        self.draw.action_record()
        self.assertEqual(line.mandate_id.term_date, date(2026, 12, 31))

    def test_a_recorded_draw_is_frozen(self):
        self.draw.action_draw()
        self.draw.action_record()
        for act in (
            self.draw.action_draw,
            self.draw.action_record,
            self.draw.unlink,
            self.draw.line_ids.unlink,
            lambda: self.draw.write({"seed": "x"}),
            lambda: self.draw.write({"line_ids": [Command.clear()]}),
            lambda: self.draw.line_ids[0].write({"third": 2}),
            lambda: self.env["governance.draw.line"].create(
                {
                    "draw_id": self.draw.id,
                    "mandate_id": self.mandates[0].id,
                    "seat_id": self.body.seat_ids[0].id,
                    "third": 1,
                }
            ),
        ):
            with self.refused(UserError, "cannot change any more"):
                act()

    def test_a_draw_needs_holders(self):
        body = self.make_body((2,), name="Small", renewal="thirds")
        draw = self.env["governance.draw"].create({"body_id": body.id})
        with self.refused(UserError, "Three at least"):
            draw.action_draw()
