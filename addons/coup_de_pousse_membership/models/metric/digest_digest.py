"""Five figures of the network in Odoo's digest, with how each changed."""

from odoo import fields, models
from odoo.exceptions import AccessError

DIRECTOR = "coup_de_pousse_membership.group_membership_director"
#: Fields of the digest, and the figure that each gives. Members are counted up to the period's end.
FIGURES = {
    "kpi_association_members": "members_running",
    "kpi_association_joined": "joined",
    "kpi_association_left": "left",
    "kpi_association_fees": "fees_collected",
    "kpi_association_renewals": "renewed",
}


class DigestDigest(models.Model):
    _inherit = "digest.digest"

    kpi_association_members = fields.Boolean("Members")
    kpi_association_members_value = fields.Integer("Number of members", compute="_compute_kpi_association")
    kpi_association_joined = fields.Boolean("New members")
    kpi_association_joined_value = fields.Integer("Number of new members", compute="_compute_kpi_association")
    kpi_association_left = fields.Boolean("Departures")
    kpi_association_left_value = fields.Integer("Number of departures", compute="_compute_kpi_association")
    kpi_association_renewals = fields.Boolean("Renewals")
    kpi_association_renewals_value = fields.Integer("Number of renewals", compute="_compute_kpi_association")
    kpi_association_fees = fields.Boolean("Fees collected")
    kpi_association_fees_value = fields.Monetary("Amount of fees collected", compute="_compute_kpi_association")

    def _compute_kpi_association(self):
        if not self.env.user.has_group(DIRECTOR):
            raise AccessError(self.env._("These figures of the digest are for directors."))
        start, end, companies = self._get_kpi_compute_parameters()
        # The digest counts from now back to the same hour of some days ago: the whole days after that one.
        days = {"date_from": fields.Date.add(fields.Date.to_date(start), days=1), "date_to": fields.Date.to_date(end)}
        metrics = self.env["association.metric"]._get(*FIGURES.values())
        for digest in self:
            company = digest.company_id or self.env.company
            also = [("company_id", "=", company.id if company in companies else companies[:1].id)]
            values = metrics._get_values(also=also, **days)
            values["members_running"] = self._count_members(metrics, also, days["date_to"])
            for name, code in FIGURES.items():
                digest[f"{name}_value"] = values[code]

    def _count_members(self, metrics, also, day):
        """Return how many members there are at the end of a day."""
        running = metrics.filtered(lambda metric: metric.code == "members_running")
        return running._get_values(also=also, date_to=day)["members_running"]

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu = self.env.ref("coup_de_pousse_membership.menu_dashboard")
        dashboard = f"coup_de_pousse_membership.action_dashboard?menu_id={menu.id}"
        return {**actions, **dict.fromkeys(FIGURES, dashboard)}
