"""Every role × every model × every operation of membership."""

from odoo.tests import tagged

from .access_matrix import AccessMatrixCase
from .common import ADDON, MembershipCommon


@tagged("post_install", "-at_install")
class TestAccessMatrix(AccessMatrixCase, MembershipCommon):
    def test_each_role_may_what_the_table_says(self):
        self.check_matrix(ADDON, {**self.users, "outsider": self.outsider}, __file__)
