"""Requests for support: what is asked, by when it is answered, and how."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, html2plaintext, parse_contact_from_email, plaintext2html


class CrmLead(models.Model):
    """A request for support: the need in the organisation's words, and the answer that it gets."""

    _inherit = "crm.lead"

    need = fields.Text(help="What the organisation asks for, in its own words.")
    urgency = fields.Selection(
        [("low", "Can wait"), ("normal", "Normal"), ("high", "Urgent")], default="normal", tracking=True
    )
    scheme_id = fields.Many2one(
        "accompaniment.scheme", string="Scheme wished", check_company=True, index="btree_not_null"
    )
    theme_ids = fields.Many2many("accompaniment.theme", string="Themes")
    territory_id = fields.Many2one(
        "association.territory",
        compute="_compute_territory_id",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
    )
    answer_due_on = fields.Date(
        string="Answer due on",
        compute="_compute_answer_due_on",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        tracking=True,
        help="Last day for a first answer to a request for accompaniment.",
    )
    answered_on = fields.Date(
        string="Answered on", copy=False, tracking=True, help="Day of the first answer: studied, oriented or accepted."
    )
    answer_state = fields.Selection(
        [("late", "Overdue"), ("due", "To be given"), ("answered", "Given")],
        string="Answer",
        compute="_compute_answer_state",
        search="_search_answer_state",
    )
    is_answer_late = fields.Boolean(
        string="Answer overdue", compute="_compute_answer_state", search="_search_is_answer_late"
    )
    oriented_to_id = fields.Many2one(
        "res.partner",
        string="Oriented to",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
    )
    oriented_on = fields.Date(string="Oriented on", readonly=True, copy=False, tracking=True)
    mission_ids = fields.One2many("accompaniment.mission", "lead_id", string="Missions")

    @api.depends("partner_id")
    def _compute_territory_id(self):
        for lead in self:
            lead.territory_id = lead.partner_id.territory_id or lead.territory_id

    # ---- when it is to be answered ----

    @api.depends("request_kind")
    def _compute_answer_due_on(self):
        for lead in self:
            if lead.request_kind != "accompaniment" or lead.answer_due_on:
                continue
            company = lead._get_accompaniment_company()
            days = timedelta(days=company.accompaniment_answer_days)
            lead.answer_due_on = company._get_own_today() + days

    @api.depends("answer_due_on", "answered_on", "active")
    def _compute_answer_state(self):
        today = fields.Date.context_today(self)
        for lead in self:
            due = lead.active and lead.answer_due_on
            waiting = due and ("late" if due < today else "due")
            lead.answer_state = "answered" if lead.answered_on else waiting
            lead.is_answer_late = lead.answer_state == "late"

    @api.model
    def _search_answer_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        waiting = Domain("active", "=", True) & Domain("answered_on", "=", False)
        domains = {
            "late": waiting & Domain("answer_due_on", "<", today),
            "due": waiting & Domain("answer_due_on", ">=", today),
            "answered": Domain("answered_on", "!=", False),
            False: Domain("answered_on", "=", False)
            & (Domain("active", "=", False) | Domain("answer_due_on", "=", False)),
        }
        return Domain.OR(domains[state] for state in value)

    @api.model
    def _search_is_answer_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("answer_state", "=", "late")
        return late if True in value else ~late

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Group by what became of the answer too: the bar above each column of the pipeline."""
        if groupby_spec != "answer_state":
            return super()._read_group_groupby(alias, groupby_spec, query)
        return SQL(
            "CASE WHEN %(answered)s IS NOT NULL THEN 'answered' WHEN NOT %(active)s THEN NULL"
            " WHEN %(due)s < %(today)s THEN 'late' WHEN %(due)s IS NOT NULL THEN 'due' END",
            answered=self._field_to_sql(alias, "answered_on", query),
            active=self._field_to_sql(alias, "active", query),
            due=self._field_to_sql(alias, "answer_due_on", query),
            today=fields.Date.context_today(self),
        )

    # ---- stages ----

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        """The pipeline of requests has the team's own stages, and those that requests stand in."""
        if not self.env.context.get("accompaniment_pipeline"):
            return super()._read_group_stage_ids(stages, domain)
        team = self.env.ref("accompaniment.crm_team_accompaniment", raise_if_not_found=False)
        return stages.search(["|", ("id", "in", stages.ids), ("team_ids", "in", team.ids if team else [])])

    def write(self, vals):
        """A request that leaves its first stage has been answered."""
        answered = self.browse()
        if vals.get("stage_id") and "answered_on" not in vals:
            answered = self.filtered(
                lambda lead: (
                    lead.request_kind == "accompaniment"
                    and not lead.answered_on
                    and lead.stage_id.id != vals["stage_id"]
                )
            )
        res = super().write(vals)
        if answered:
            super(CrmLead, answered).write({"answered_on": fields.Date.context_today(self)})
        return res

    @api.constrains("stage_id")
    def _check_won_has_mission(self):
        for lead in self:
            if lead.request_kind == "accompaniment" and lead.stage_id.is_won and not lead.sudo().mission_ids:
                raise ValidationError(
                    self.env._(
                        "No mission answers %(name)s yet: open the request and turn it into a mission, which "
                        "brings it to this step.",
                        name=lead.name,
                    )
                )

    # ---- mails ----

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """The text of a mail to the team is the need, its sender the person who asks."""
        lead = super().message_new(msg_dict, custom_values)
        if lead.request_kind == "accompaniment":
            name, _email = parse_contact_from_email(msg_dict.get("from") or "")
            lead.need = lead.need or html2plaintext(msg_dict.get("body") or "", include_references=False)
            lead.contact_name = lead.contact_name or name
        return lead

    # ---- the two answers: oriented elsewhere, or a mission ----

    def _orient(self, partner, day, note):
        """Record that the organisation was sent to somebody else, and close the request.

        :param partner: who takes it over.
        :param day: day of the answer.
        :param note: what was said, kept in the request's thread.
        """
        turned = self.filtered("mission_ids")
        if turned:
            raise UserError(
                self.env._(
                    "A mission answers %(names)s already: cancel it before you orient the request elsewhere.",
                    names=", ".join(turned[:5].mapped("name")),
                )
            )
        self._write_facts({"oriented_to_id": partner.id, "oriented_on": day, "answered_on": day})
        for lead in self:
            lead.message_post(
                body=self.env._("Oriented to %(partner)s. %(note)s", partner=partner.display_name, note=note or "")
            )
        reason = self.env.ref("accompaniment.crm_lost_reason_oriented", raise_if_not_found=False)
        self.action_set_lost(lost_reason_id=reason.id if reason else False)

    def action_unarchive(self):
        """A request taken back is oriented to nobody any more; its thread remembers."""
        self.filtered("oriented_on")._write_facts({"oriented_to_id": False, "oriented_on": False})
        return super().action_unarchive()

    def action_create_mission(self):
        """Turn the request into a mission: what was typed is carried over, nothing twice."""
        self.ensure_one()
        self.check_access("read")
        hold(self)
        mission = self.mission_ids[:1] or self._create_mission()
        return mission._get_records_action(context={})

    def _create_mission(self):
        self.ensure_one()
        self.env["accompaniment.mission"].check_access("create")
        self._check_ready_for_mission()
        self._handle_partner_assignment(create_missing=True)
        mission = self.env["accompaniment.mission"]._create_with_facts([self._prepare_mission()])
        mission._complete_from_request()
        self.action_set_won()
        self.message_post(body=self.env._("Turned into the mission %(mission)s.", mission=mission.name))
        return mission

    def _check_ready_for_mission(self):
        """Raise what is missing before the request can be turned into a mission."""
        if self.oriented_on:
            raise UserError(
                self.env._(
                    "%(name)s was oriented to %(partner)s: take it back before you turn it into a mission.",
                    name=self.name,
                    partner=self.oriented_to_id.display_name,
                )
            )
        if not self.partner_id and not self.partner_name:
            raise UserError(
                self.env._(
                    "Which organisation asks? Choose the contact of %(name)s, or write the name of a new one.",
                    name=self.name,
                )
            )
        if not self.scheme_id:
            raise UserError(
                self.env._(
                    "Choose the scheme of %(name)s: the phases and the co-funders of the mission come from it.",
                    name=self.name,
                )
            )

    def _prepare_customer_values(self, partner_name, is_company=False, parent_id=False):
        values = super()._prepare_customer_values(partner_name, is_company=is_company, parent_id=parent_id)
        if is_company and self.territory_id:
            values["territory_id"] = self.territory_id.id
        return values

    def _get_accompaniment_company(self):
        return self.company_id or self.env.company

    def _prepare_mission(self):
        organisation = self.partner_id.commercial_partner_id or self.partner_id
        return {
            "name": self.name,
            "lead_id": self.id,
            "company_id": self._get_accompaniment_company().id,
            "partner_id": organisation.id,
            "steering_ids": [fields.Command.set((self.partner_id - organisation).ids)],
            "referent_id": (self.user_id or self.env.user).id,
            "adviser_ids": [fields.Command.link(self.env.uid)]
            if self.user_id and self.user_id != self.env.user
            else [],
            "scheme_id": self.scheme_id.id,
            "theme_ids": [fields.Command.set(self.theme_ids.ids)],
            "territory_id": (self.territory_id or organisation.territory_id).id,
            "context": plaintext2html(self.need) if self.need else False,
            "phase_ids": [fields.Command.create(values) for values in self.scheme_id._prepare_phases()],
        }

    def action_view_missions(self):
        self.ensure_one()
        return self.action_create_mission() if self.mission_ids else False
