"""The association that the tests of this addon work on."""

from odoo import fields
from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.tests import new_test_user

ADDON = "coup_de_pousse_membership"


class MembershipCommon(AccountTestInvoicingCommon):
    """A French association with a voted band grid, a few members and one user per role."""

    @classmethod
    @AccountTestInvoicingCommon.setup_country("fr")
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.company._ensure_membership_accounting()
        cls.env.user.group_ids |= cls.env.ref(f"{ADDON}.group_membership_manager")
        cls.category = cls.env.ref(f"{ADDON}.category_association")
        cls.authority = cls.env.ref(f"{ADDON}.category_local_authority")
        cls.today = fields.Date.context_today(cls.env.user)
        cls.year = cls.today.year
        cls.users = {
            role: new_test_user(
                cls.env,
                login=f"test_{role}",
                groups=f"{ADDON}.group_membership_{role}",
                company_id=cls.company.id,
                company_ids=[(6, 0, cls.company.ids)],
            )
            for role in ("director", "office", "treasurer", "manager")
        }
        cls.outsider = new_test_user(
            cls.env,
            login="test_outsider",
            groups="base.group_user",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    @classmethod
    def make_grid(cls, bands, vote=True, **values):
        """Make a grid of budget bands.

        :param bands: list of (lower bound, upper bound, fee); None for no bound.
        """
        grid = cls.env["association.fee.grid"].create(
            {
                "name": f"Grid {cls.year}",
                "date_from": f"{cls.year}-01-01",
                "company_id": cls.company.id,
                "rule_ids": [
                    fields.Command.create(
                        {
                            "sequence": index,
                            "basis": "budget",
                            "basis_from": False if lower is None else lower,
                            "basis_below": False if upper is None else upper,
                            "amount": amount,
                        }
                    )
                    for index, (lower, upper, amount) in enumerate(bands)
                ],
                **values,
            }
        )
        if vote:
            grid.action_vote()
        return grid

    @classmethod
    def make_members(cls, count, budget=None, category=None, name="Organisation"):
        """Make organisations with their file and, where a budget is given, last year's figures."""
        partners = cls.env["res.partner"].create(
            [{"name": f"{name} {index}", "is_company": True} for index in range(count)]
        )
        if budget is not None:
            cls.env["association.annual.figures"].create(
                [{"partner_id": partner.id, "year": cls.year - 1, "budget": budget} for partner in partners]
            )
        return cls.env["association.member"].create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": cls.company.id,
                    "category_id": (category or cls.category).id,
                }
                for partner in partners
            ]
        )

    @classmethod
    def make_memberships(cls, members, grid, admit=True, **dates):
        memberships, refused = grid._create_memberships(members, **dates)
        assert not refused, refused
        joining = memberships.member_id.filtered(lambda member: not member.since)
        if admit:
            memberships.filtered(lambda m: m.admission == "applied")._decide_admission("admitted", cls.today, "Board")
            for membership in memberships.filtered(lambda m: m.member_id in joining):
                # They apply today, whatever the period; most tests are about who has been there since it began.
                membership.member_id.since = membership.date_from
        return memberships

    @classmethod
    def pay(cls, moves, amount=None):
        """Register a payment through Odoo's wizard, as the treasurer does, and match it in the bank."""
        wizard = (
            cls.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=moves.ids)
            .create({"group_payment": False})
        )
        if amount is not None:
            wizard.amount = amount
        return wizard._create_payments()
