"""Records of one association do not name those of another."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .company_walls import CompanyWallsCase


@tagged("post_install", "-at_install")
class TestCompanyWalls(CompanyWallsCase):
    addon = "coup_de_pousse_membership"

    def test_every_link_compares_the_companies(self):
        self.check_declared()

    def test_a_record_of_another_association_is_refused(self):
        self.check_refused(least=5)

    def test_a_part_stays_in_the_association_of_its_whole(self):
        self.check_company_follows()

    def test_a_dialog_names_only_what_its_user_may_read(self):
        self.check_dialogs("coup_de_pousse_membership.group_membership_manager")

    def test_who_is_refused_a_record_reads_why(self):
        member = self.make_members(1, name="Elsewhere")
        member.sudo().company_id = self.other
        user = new_test_user(
            self.env,
            "of_one",
            "coup_de_pousse_membership.group_membership_office",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        member = member.with_user(user).with_context(allowed_company_ids=self.company.ids)
        with self.assertRaisesRegex(AccessError, "an association in which you do not work") as refused:
            member.read(["state"])
        self.assertNotIn("Elsewhere", str(refused.exception))
        user.company_ids |= self.other
        with self.assertRaisesRegex(AccessError, f"belongs to {self.other.name}. Choose that") as refused:
            member.read(["state"])
        self.assertEqual(refused.exception.context["suggested_company"]["id"], self.other.id)
