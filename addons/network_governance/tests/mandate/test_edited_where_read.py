"""What a secretary reads of a body, a seat or a contact, they can also edit there."""

from datetime import date

from lxml import etree
from odoo.tests import Form, tagged

from ..common import GovernanceCommon


@tagged("post_install", "-at_install")
class TestEditedWhereRead(GovernanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.body = cls.make_body((3,), date_from=date(2020, 1, 1))
        cls.people = cls.make_people(3)
        cls.mandates = cls.seat(cls.body.seat_ids[:2], cls.people[:2], first=cls.today)
        cls.env = cls.env(user=cls.users["secretary"])

    def form(self, record, view=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return Form(record.with_env(self.env), view)

    def test_offices_on_the_body(self):
        with self.form(self.body) as form, form.office_ids.new() as office:
            office.mandate_id = self.mandates[0]
            office.office = "treasurer"
        office = self.body.office_ids
        self.assertRecordValues(
            office,
            [
                {
                    "partner_id": self.people[0].id,
                    "office": "treasurer",
                    "date_from": self.today,
                    "body_id": self.body.id,
                }
            ],
        )
        with self.form(self.body) as form, form.office_ids.edit(0) as line:
            line.title = "Keeper of the purse"
        self.assertEqual(office.title, "Keeper of the purse")
        self.assertEqual(self.mandates[0].office_names, "Keeper of the purse")

    def test_an_office_belongs_to_the_body_of_its_mandate(self):
        """Whatever body is named beside the mandate."""
        other = self.make_body((1,), name="Other")
        office = self.env["governance.office"].create({"mandate_id": self.mandates[0].id, "body_id": other.id})
        self.assertEqual(office.body_id, self.body)

    def test_the_seat_in_its_window(self):
        with self.form(self.body) as form, form.seat_ids.edit(2) as seat:
            seat.title = "State delegate"
        self.assertEqual(self.body.seat_ids[2].title, "State delegate")

    def test_the_mandates_of_a_seat(self):
        seat = self.body.seat_ids[2]
        with self.form(seat) as form, form.mandate_ids.new() as mandate:
            mandate.partner_id = self.people[2]
        self.assertRecordValues(seat.mandate_ids, [{"partner_id": self.people[2].id, "body_id": self.body.id}])
        with self.form(seat) as form, form.mandate_ids.edit(0) as mandate:
            mandate.date_from = date(2026, 1, 1)
        self.assertEqual(seat.mandate_ids.date_from, date(2026, 1, 1))

    def test_the_mandates_of_a_contact(self):
        with self.form(self.people[0]) as form, form.mandate_ids.edit(0) as mandate:
            mandate.stays = True
        self.assertTrue(self.mandates[0].stays)

    def test_the_director_still_changes_nothing(self):
        self.env = self.env(user=self.users["director"])
        for model in ("governance.body", "governance.seat", "res.partner"):
            arch = etree.fromstring(self.env[model].get_view(view_type="form")["arch"])
            lists = arch.xpath(
                "//field[@name='office_ids' or @name='seat_ids' or @name='mandate_ids' or @name='representation_ids']/list"
            )
            self.assertTrue(lists, model)
            self.assertEqual({found.get("edit") for found in lists}, {"False"}, model)
