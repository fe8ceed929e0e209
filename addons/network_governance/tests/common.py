"""An association of its own, with users of each role, for all tests of governance."""

from contextlib import contextmanager
from datetime import date

from odoo import fields
from odoo.tests import TransactionCase, new_test_user

ADDON = "network_governance"
MEMBERSHIP = "coup_de_pousse_membership"


class GovernanceCommon(TransactionCase):
    """An association of its own, with its colleges, one user per role, and makers of bodies and members."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Test network", "governance_declare_since": "2024-01-01"})
        cls.env.user.company_ids |= cls.company
        cls.env.user.group_ids |= cls.env.ref(f"{ADDON}.group_governance_secretary")
        cls.env.user.group_ids |= cls.env.ref(f"{MEMBERSHIP}.group_membership_manager")
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids, "tracking_disable": True})
        cls.today = fields.Date.context_today(cls.env.user)
        cls.decision = cls.env.ref(f"{ADDON}.function_decision")
        cls.colleges = cls.env["association.college"].create(
            [{"name": name} for name in ("Associations", "Local authorities", "Persons")]
        )
        cls.category = cls.env.ref(f"{MEMBERSHIP}.category_association")
        cls.users = {
            role: cls.make_user(role, f"{ADDON}.group_governance_{role}", lang="en_US")
            for role in ("director", "secretary")
        }
        cls.outsider = cls.make_user("outsider", "base.group_user")

    @classmethod
    def make_user(cls, name, groups, **values):
        """Make a user of the association."""
        companies = {"company_id": cls.company.id, "company_ids": [(6, 0, cls.company.ids)]}
        return new_test_user(cls.env, login=f"governance_{name}", groups=groups, **companies, **values)

    @contextmanager
    def refused(self, error, sentence):
        """Check that what happens inside is refused with a sentence, and undo it."""
        with self.assertRaisesRegex(error, sentence), self.env.cr.savepoint():
            yield
        self.env.invalidate_all()

    @classmethod
    def make_body(cls, seats=(3,), **values):
        """Make a body with so many seats of each college, in the colleges' order."""
        body = cls.env["governance.body"].create(
            {
                "name": "Board",
                "company_id": cls.company.id,
                "declared": False,
                "composition_ids": [
                    fields.Command.create({"college_id": college.id, "seats": count})
                    for college, count in zip(cls.colleges, seats, strict=False)
                ],
                **values,
            }
        )
        body.action_create_seats()
        return body

    @classmethod
    def make_structures(cls, count, name="Structure", **values):
        return cls.env["res.partner"].create(
            [{"name": f"{name} {index}", "is_company": True, **values} for index in range(1, count + 1)]
        )

    @classmethod
    def make_people(cls, count, name="Person", **values):
        return cls.env["res.partner"].create([{"name": f"{name} {index}", **values} for index in range(1, count + 1)])

    @classmethod
    def make_members(cls, partners, first=date(2020, 1, 1), last=date(2040, 12, 31), **values):
        """Make member's files with one admitted membership over the days."""
        members = cls.env["association.member"].create(
            [
                {"partner_id": partner.id, "company_id": cls.company.id, "category_id": cls.category.id, **values}
                for partner in partners
            ]
        )
        cls.env["association.membership"].create(
            [
                {
                    "member_id": member.id,
                    "date_from": first,
                    "date_to": last,
                    "admission": "admitted",
                    "admission_decided_on": first,
                }
                for member in members
            ]
        )
        return members

    @classmethod
    def seat(cls, seats, people, structures=(), first=date(2024, 1, 1), **values):
        """Seat people, each on its seat, for its structure."""
        structures = list(structures) or [False] * len(people)
        return cls.env["governance.mandate"].create(
            [
                {
                    "seat_id": seat.id,
                    "partner_id": person.id,
                    "organisation_id": structure.id if structure else False,
                    "date_from": first,
                    **values,
                }
                for seat, person, structure in zip(seats, people, structures, strict=True)
            ]
        )
