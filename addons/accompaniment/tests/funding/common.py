"""What the tests of funding have in common: the worked example of Lianes, of 2018."""

from ...demo.funding_demo import FundingDemo
from ..common import AccompanimentCommon


class FundingCommon(AccompanimentCommon):
    """The plan of Lianes, in one mission."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mission = cls.make_mission()
        cls.partners = {"Région": cls.region}
        cls.plan = FundingDemo(cls, cls.named).make_lianes(cls.mission)

    @classmethod
    def named(cls, name):
        if name not in cls.partners:
            cls.partners[name] = cls.env["res.partner"].create({"name": name, "is_company": True})
        return cls.partners[name]
