"""Every role × every model × every operation of accompaniment."""

from odoo.addons.coup_de_pousse_membership.tests.access_matrix import AccessMatrixCase
from odoo.tests import tagged

from .common import ADDON, AccompanimentCommon


@tagged("post_install", "-at_install")
class TestAccessMatrix(AccessMatrixCase, AccompanimentCommon):
    def test_each_role_may_what_the_table_says(self):
        self.check_matrix(ADDON, self.users, __file__)
