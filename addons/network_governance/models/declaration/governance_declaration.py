"""Declarations of changes in the direction, made to the prefecture."""

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.dated_records import show_day
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...calculation.declaration import officers

#: Days within which changes go into one declaration: an assembly, then the board that elects its bureau.
TOGETHER_DAYS = 30


class GovernanceDeclaration(models.Model):
    """Changes in the direction, to be made known to the prefecture within three months."""

    _name = "governance.declaration"
    _description = "Declaration of Changes"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "changed_on desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    changed_on = fields.Date(string="First change on", required=True, readonly=True)
    deadline = fields.Date(compute="_compute_deadline", store=True, index=True, string="To declare by")
    declared_on = fields.Date(tracking=True, copy=False)
    reference = fields.Char(copy=False, help="Number of the receipt given by the prefecture.")
    receipt = fields.Binary(attachment=True, copy=False)
    receipt_name = fields.Char(copy=False)
    line_ids = fields.One2many("governance.declaration.line", "declaration_id", string="Changes", readonly=True)
    person_names = fields.Char(compute="_compute_person_names", string="Persons")
    state = fields.Selection(
        [("todo", "To declare"), ("declared", "Declared, receipt to come"), ("done", "Receipt attached")],
        compute="_compute_state",
        store=True,
        tracking=True,
    )
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late", string="Late")

    @api.depends("changed_on")
    def _compute_deadline(self):
        for declaration in self:
            declaration.deadline = declaration.changed_on and officers.deadline(declaration.changed_on)

    @api.depends("declared_on", "receipt")
    def _compute_state(self):
        for declaration in self:
            if not declaration.declared_on:
                declaration.state = "todo"
            else:
                declaration.state = "done" if declaration.receipt else "declared"

    @api.depends("line_ids.partner_id")
    def _compute_person_names(self):
        for declaration in self:
            declaration.person_names = ", ".join(declaration.line_ids.partner_id.mapped("name"))

    @api.depends("deadline", "declared_on")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for declaration in self:
            declaration.is_late = (
                not declaration.declared_on and bool(declaration.deadline) and declaration.deadline < today
            )

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("declared_on", "=", False) & Domain("deadline", "<", fields.Date.context_today(self))
        return late if True in value else ~late

    @api.depends("changed_on")
    def _compute_display_name(self):
        for declaration in self:
            day = declaration.changed_on
            declaration.display_name = self.env._("Changes of %s", self._format(day)) if day else ""

    def _format(self, day):
        return self.env["ir.qweb.field.date"].value_to_html(day, {})

    def action_declare(self):
        """Record that the changes are declared today, unless another day is given."""
        self.check_access("write")
        for declaration in self.filtered(lambda declaration: not declaration.declared_on):
            declaration.declared_on = fields.Date.context_today(self)
        return True

    def write(self, vals):
        result = super().write(vals)
        if "declared_on" in vals or "receipt" in vals:
            self._settle_activities()
        return result

    def _settle_activities(self):
        """Close the task once the receipt is there; open it again if it is taken away."""
        done = self.filtered(lambda declaration: declaration.state == "done")
        done.activity_feedback(["mail.mail_activity_data_todo"])
        (self - done)._plan_activity()

    @api.constrains("declared_on", "changed_on")
    def _check_declared_after_change(self):
        for declaration in self:
            if declaration.declared_on and declaration.declared_on < declaration.changed_on:
                raise UserError(
                    self.env._(
                        "The changes began on %(changed)s: they cannot have been declared on %(declared)s. Correct the "
                        "day of the declaration.",
                        changed=show_day(self.env, declaration.changed_on),
                        declared=show_day(self.env, declaration.declared_on),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_declared(self):
        if self.filtered("declared_on"):
            raise UserError(
                self.env._("A declaration that was made is part of the history: it cannot be deleted. Correct it.")
            )

    def _plan_activity(self):
        """Give whoever follows the bodies a task with the legal deadline; once per declaration."""
        for declaration in self.with_context(mail_activity_quick_update=True):
            if declaration.activity_ids:
                for task in declaration.activity_ids:
                    if task.date_deadline != declaration.deadline:
                        task.date_deadline = declaration.deadline
                continue
            user = declaration.company_id._get_follower(declaration.line_ids.body_id)
            declaration = declaration.with_context(lang=user.lang)
            declaration.activity_schedule(
                "mail.mail_activity_data_todo",
                declaration.deadline,
                summary=declaration.env._("Declare the changes of officers, and attach the receipt"),
                user_id=user.id,
            )

    # ---- the changes, as they follow from the mandates ----

    @api.model
    def _follow(self, bodies):
        """Bring the declarations not yet made in line with the mandates and offices of the bodies.

        What was declared stays as it is; a change that a correction has undone leaves the list.
        """
        today = fields.Date.context_today(self)
        bodies = bodies.filtered("declared")
        for company, own in bodies.grouped("company_id").items():
            wanted = officers.changes(own._get_officer_spans(), company.governance_declare_since, today)
            known = self.env["governance.declaration.line"].search([("body_id", "in", own.ids)])
            missing = wanted - {line._get_change() for line in known}
            known.filtered(lambda line, wanted=wanted: line._is_undone(wanted)).unlink()
            self._add(company, missing)
        self._tidy(self.search([("company_id", "in", bodies.company_id.ids), ("state", "=", "todo")]))

    @api.model
    def _add(self, company, changes):
        """Enter changes into the open declarations that they belong to.

        :param changes: (:class:`~officers.Officer`, event, day).
        """
        for officer, event, day in sorted(changes, key=lambda change: change[-1]):
            declaration = self._find_open(company, day)
            self.env["governance.declaration.line"].create(
                {
                    "declaration_id": declaration.id,
                    "body_id": officer.body,
                    "partner_id": officer.person,
                    "office_kind": officer.office,
                    "title": officer.title,
                    "event": event,
                    "day": day,
                }
            )

    @api.model
    def _find_open(self, company, day):
        """Return the open declaration that a change of this day belongs to, or a new one."""
        near = self.search([("company_id", "=", company.id), ("state", "=", "todo")])
        near = near.filtered(lambda declaration: abs((declaration.changed_on - day).days) <= TOGETHER_DAYS)[:1]
        if not near:
            return self.create({"company_id": company.id, "changed_on": day})
        if day < near.changed_on:
            near.changed_on = day
        return near

    @api.model
    def _tidy(self, declarations):
        """Drop what has no change any more; give the others their day and their task."""
        empty = declarations.filtered(lambda declaration: not declaration.line_ids)
        for declaration in declarations - empty:
            first = min(declaration.line_ids.mapped("day"))
            if declaration.changed_on != first:
                declaration.changed_on = first
        (declarations - empty)._plan_activity()
        empty.unlink()
