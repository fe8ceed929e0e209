"""The actions of a mission: commitments, and their reminders."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..mission.nightly import work_apart

REMINDER = "accompaniment.mail_template_commitment_reminder"
#: Days before its deadline from which an action is recalled, once.
DAYS_BEFORE = 14


class AssociationCommitment(models.Model):
    """An action of a mission: what it answers, where it was decided, what it is to bring."""

    _inherit = "association.commitment"
    _placed_by = frozenset({"mission_id"})

    mission_id = fields.Many2one(
        "accompaniment.mission", ondelete="cascade", index="btree_not_null", check_company=True
    )
    action_plan_id = fields.Many2one(
        "accompaniment.action.plan",
        ondelete="set null",
        index="btree_not_null",
        domain="[('mission_id', '=', mission_id)]",
        check_company=True,
    )
    workshop_id = fields.Many2one(
        "accompaniment.workshop",
        string="Decided in",
        ondelete="set null",
        index="btree_not_null",
        domain="[('mission_id', '=', mission_id)]",
        check_company=True,
    )
    finding_ids = fields.Many2many(
        "accompaniment.finding",
        "accompaniment_commitment_finding_rel",
        string="Answers the findings",
        domain="[('mission_id', '=', mission_id)]",
        check_company=True,
    )
    reminded_on = fields.Date(string="Recalled on", readonly=True, copy=False)
    late_reminded_on = fields.Date(string="Recalled late on", readonly=True, copy=False)

    @api.constrains("mission_id", "action_plan_id", "workshop_id", "finding_ids")
    def _check_mission(self):
        for commitment in self:
            linked = (commitment.action_plan_id.mission_id, commitment.workshop_id.mission_id)
            linked = self.env["accompaniment.mission"].union(*linked, commitment.finding_ids.mission_id)
            if linked - commitment.mission_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s is linked to a plan, a workshop or a finding of another mission: choose those "
                        "of its own.",
                        name=commitment.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """An action of a mission belongs to the mission's association."""
        vals_list = self._complete_with_missions(vals_list)
        missions = self.env["accompaniment.mission"]
        companies = [missions.browse(vals.get("mission_id")).company_id for vals in vals_list]
        made = {}
        try:
            for company in dict.fromkeys(companies):
                places = [place for place, other in enumerate(companies) if other == company]
                own = super(AssociationCommitment, self.with_company(company)).create([vals_list[p] for p in places])
                made.update(zip(places, own.ids, strict=True))
        except AccessError as error:
            if self.env.su or all(vals.get("mission_id") for vals in vals_list):
                raise
            raise AccessError(
                self.env._("Choose the mission that the action belongs to: your role writes the actions of missions.")
            ) from error
        return self.browse(made[place] for place in range(len(vals_list)))

    @api.model
    def _complete_with_missions(self, vals_list):
        """Return the values with the mission of the plan that each belongs to."""
        plans = self.env["accompaniment.action.plan"].browse(
            {vals["action_plan_id"] for vals in vals_list if vals.get("action_plan_id")}
        )
        mission_of = {plan.id: plan.mission_id.id for plan in plans}
        return [
            {**vals, "mission_id": mission_of[vals["action_plan_id"]]} if vals.get("action_plan_id") else vals
            for vals in vals_list
        ]

    def write(self, vals):
        """A new deadline is recalled again."""
        res = super().write(vals)
        if "deadline" in vals:
            self._write_facts({"reminded_on": False, "late_reminded_on": False})
        return res

    @api.model
    def _cron_remind(self):
        """Recall the actions of missions."""
        to_do = [("mission_id", "!=", False), ("ladder", "!=", "done")]
        for [company] in self._read_group(to_do, ["company_id"]):
            # In the association's own time: what day it is there decides.
            self.with_env(company._in_own_time().env)._remind_of([*to_do, ("company_id", "=", company.id)])

    def _remind_of(self, to_do):
        """Recall actions, once before their deadline and once after it.

        :param to_do: domain of those that are not done.
        """
        today = fields.Date.context_today(self)
        soon = self.search(
            [
                *to_do,
                ("reminded_on", "=", False),
                ("deadline", ">=", today),
                ("deadline", "<=", today + timedelta(days=DAYS_BEFORE)),
            ]
        )
        late = self.search([*to_do, ("late_reminded_on", "=", False), ("deadline", "<", today)])
        self.env["ir.cron"]._commit_progress(remaining=len(soon) + len(late))
        for commitments, field in ((soon, "reminded_on"), (late, "late_reminded_on")):
            work_apart(commitments, lambda actions, field=field: actions._send_reminders(field))
            self.env["ir.cron"]._commit_progress(len(commitments))

    def _send_reminders(self, field):
        """Write to whoever sees to these actions, and note it in a field: ``reminded_on`` or ``late_reminded_on``."""
        reachable = self.filtered(lambda action: (action.person_id or action.owner_id).email)
        if reachable:
            self.env.ref(REMINDER).send_mail_batch(reachable.ids)
        # Told or not, once: the list of overdue actions shows those that no mail reaches.
        self.with_context(tracking_disable=True).write({field: fields.Date.context_today(self)})
