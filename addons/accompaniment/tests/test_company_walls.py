"""Records of one association do not name those of another."""

from odoo.addons.coup_de_pousse_membership.tests.company_walls import CompanyWallsCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestCompanyWalls(CompanyWallsCase):
    addon = "accompaniment"

    def test_every_link_compares_the_companies(self):
        self.check_declared()

    def test_a_record_of_another_association_is_refused(self):
        self.check_refused(least=5)

    def test_a_part_stays_in_the_association_of_its_whole(self):
        self.check_company_follows()

    def test_a_dialog_names_only_what_its_user_may_read(self):
        self.check_dialogs("accompaniment.group_accompaniment_coordinator")
