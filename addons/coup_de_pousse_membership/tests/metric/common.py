"""What the tests of what is read of the figures have in common."""

from ..common import MembershipCommon


class MetricCommon(MembershipCommon):
    """An association of four members called 50 each, of whom three have paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        grid = cls.make_grid([(None, None, 50)])
        memberships = cls.make_memberships(cls.make_members(4, budget=1000), grid)
        cls.pay(memberships[:3]._issue_calls(cls.today, cls.today))
        cls.env.flush_all()
