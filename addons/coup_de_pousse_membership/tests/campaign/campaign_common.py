"""A network one year on: who was a member last year is to be called for this year."""

from ..common import ADDON, MembershipCommon

BANDS = [(None, 100000, 50), (100000, None, 200)]


class CampaignCase(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.users.values():
            user.lang = "en_US"
        cls.last_grid = cls.make_grid(
            [(None, None, 40)],
            name="Last",
            date_from=f"{cls.year - 1}-01-01",
            figures_year=cls.year - 1,
        )
        cls.grid = cls.make_grid(BANDS, name="This")
        cls.members = cls.make_renewing(6)
        cls.cron = cls.env.ref(f"{ADDON}.cron_run_campaigns")

    @classmethod
    def make_renewing(cls, count, budget=1000, **values):
        """Make members of last year, with an e-mail address."""
        members = cls.make_members(count, budget=budget, **values)
        for member in members:
            member.partner_id.email = f"m{member.id}@example.org"
        cls.make_memberships(members, cls.last_grid)
        return members

    def make_campaign(self, preview=True, **values):
        campaign = (
            self.env["association.campaign"]
            .with_user(self.users["treasurer"])
            .with_context(allowed_company_ids=self.company.ids)
            .create({"grid_id": self.grid.id, "company_id": self.company.id, **values})
        )
        if preview:
            campaign.action_preview()
        return campaign

    def line(self, campaign, member):
        return campaign.line_ids.filtered(lambda line: line.member_id == member)

    def launch(self, campaign):
        """Press “Launch…”, then “Launch”."""
        action = campaign.action_launch()
        wizard = self.env[action["res_model"]].with_env(campaign.env).with_context(**action["context"]).create({})
        wizard.action_confirm()
        return wizard

    def run_job(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def batch(self, size):
        self.env["ir.config_parameter"].set_param(f"{ADDON}.campaign_batch", str(size))

    def states(self, campaign):
        return campaign.line_ids.sorted("id").mapped("state")
