"""What the tests of accompaniment have in common: an association, a scheme, users of each role."""

from datetime import date

from odoo import Command, fields
from odoo.addons.base.tests.common import BaseCommon
from odoo.tests import new_test_user

ADDON = "accompaniment"
DIRECTOR = "coup_de_pousse_membership.group_membership_director"
#: Groups of each role's test user.
ROLES = {
    "adviser": f"{ADDON}.group_accompaniment_adviser",
    "colleague": f"{ADDON}.group_accompaniment_adviser",
    "coordinator": f"{ADDON}.group_accompaniment_coordinator",
    "director": DIRECTOR,
    "outsider": "base.group_user",
}
#: Phases of the scheme, and their days.
PHASES = [("Pre-diagnosis", 3), ("Workshops", 5), ("Strategy", 2), ("Restitution", 1.5), ("Follow-up", 0.5)]


class AccompanimentCommon(BaseCommon):
    """An association with a scheme, two organisations and one user per role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.env.user)
        cls.company = cls.env.company
        cls.env.user.group_ids |= cls.env.ref(f"{ADDON}.group_accompaniment_coordinator")
        cls.users = {
            role: new_test_user(
                cls.env,
                login=f"test_accompaniment_{role}",
                groups=groups,
                lang="en_US",
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )
            for role, groups in ROLES.items()
        }
        cls.scheme = cls.env["accompaniment.scheme"].create(
            {
                "name": "DASESS of the test",
                "day_rate": 800,
                "phase_ids": [
                    Command.create({"name": name, "days": days, "sequence": rank})
                    for rank, (name, days) in enumerate(PHASES)
                ],
            }
        )
        cls.lianes, cls.region = cls.env["res.partner"].create(
            [{"name": name, "is_company": True} for name in ("Lianes coopération", "Région")]
        )

    @classmethod
    def make_mission(cls, user=None, **values):
        """Make a mission of an adviser, with the phases of the scheme."""
        user = user or cls.users["adviser"]
        return (
            cls.env["accompaniment.mission"]
            .with_user(user)
            .create(
                {
                    "name": "Rethink the strategy",
                    "scheme_id": cls.scheme.id,
                    "partner_id": cls.lianes.id,
                    "date_from": date(2017, 4, 3),
                    "date_to": date(2017, 6, 30),
                    "phase_ids": [Command.create(phase) for phase in cls.scheme._prepare_phases()],
                    **values,
                }
            )
        )

    def enter_days(self, phase, days, day="2017-04-10", user=None, **values):
        return (
            self.env["account.analytic.line"]
            .with_user(user or self.users["adviser"])
            .create({"accompaniment_phase_id": phase.id, "date": day, "unit_amount": days, **values})
        )
