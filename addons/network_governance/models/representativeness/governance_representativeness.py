"""Whether the seats are shared as the members are: read for one day.

The rules are plain Python, in ``calculation/representativeness/``; what is shown of them is built by
``picture_screen.py``, ``assembly_page.py`` and ``picture_workbook.py`` beside this file.
"""

from itertools import dropwhile

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.calculation.register.figures import SIZE_BANDS
from odoo.exceptions import AccessError
from odoo.tools import SQL, format_date

from ...calculation.representativeness import representativeness as rules
from ...calculation.representativeness.picture import Situation, draw_picture, profile
from ..body.asked_day import read_day
from ..body.roles import READERS
from . import picture_screen
from .assembly_page import AssemblyPage
from .picture_workbook import PictureWorkbook


class GovernanceRepresentativeness(models.TransientModel):
    _name = "governance.representativeness"
    _description = "Representativeness"
    _rec_name = "day"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    day = fields.Date(required=True, default=fields.Date.context_today)
    scope = fields.Selection(
        [
            ("decision", "Decision bodies"),
            ("all", "All bodies"),
            ("body", "One body"),
            ("branch", "One body and those under it"),
        ],
        required=True,
        default="decision",
    )
    body_id = fields.Many2one("governance.body", check_company=True)

    # ---- what the screen calls ----

    @api.model
    @api.readonly
    def get_picture(self, day=False, scope="decision", body_id=False):
        """Return what the screen shows for a day, in the current association.

        Ten queries at most, however many members and seats.

        :param day: a date as text; today by default.
        :param scope: ``decision`` (bodies that take decisions), ``all``; with ``body_id``: ``body``, or
            ``branch`` for those under it too.
        :raise AccessError: if the user has no role in governance.
        """
        self._check_reader()
        return picture_screen.show(self.env, self._get_picture(read_day(self, day), scope, body_id))

    @api.model
    @api.readonly
    def get_trend(self, day=False, scope="decision", body_id=False, years=3):
        """Return the share of seated structures over the years before a day.

        :param years: 3: quarter after quarter; 10: year after year, from the first one in which there were members.
        :return: [{``day``, ``members``, ``seated``, ``rate``}], the oldest first.
        """
        self._check_reader()
        until = read_day(self, day)
        step = 12 if years == 10 else 3
        days = [
            fields.Date.subtract(until, months=months) for months in range(12 * (10 if step == 12 else 3), -1, -step)
        ]
        points = [self._get_point(then, scope, body_id) for then in days]
        return list(dropwhile(lambda point: not point["members"], points)) if step == 12 else points

    @api.model
    @api.readonly
    def get_former_ratios(self, day=False, scope="decision", body_id=False):
        """Return how each segment stood a year before a day.

        :return: {dimension: [{``key`` of the segment, ``ratio``: share of the seats ÷ share of the members}]}.
        """
        self._check_reader()
        then = self._get_picture(fields.Date.subtract(read_day(self, day), years=1), scope, body_id)
        return {
            name: [{"key": segment.key, "ratio": segment.ratio} for segment in segments]
            for name, segments in then.dimensions.items()
        }

    @api.model
    @api.readonly
    def get_choices(self):
        """Return the bodies between which the screen lets choose, as a tree is read.

        :return: [{``id``, ``name``, ``depth`` (0 at the top), ``has_below``}].
        """
        self._check_reader()
        bodies = self.env["governance.body"].search([("company_id", "=", self.env.company.id)])
        return [
            {
                "id": body.id,
                "name": body.display_name,
                "depth": body.parent_path.count("/") - 1,
                "has_below": bool(body.child_ids),
            }
            for body in bodies._in_tree_order()
        ]

    @api.model
    def action_print(self, day=False, scope="decision", body_id=False):
        """Return the action that prints the page for the assembly."""
        record = self._make(day, scope, body_id)
        report = self.env.ref("network_governance.report_representativeness")
        return report.report_action(record, config=False)

    @api.model
    def action_export(self, day=False, scope="decision", body_id=False):
        """Return the action that downloads the workbook."""
        return self._make(day, scope, body_id)._export()

    @api.model
    def action_never_represented(self, day=False, scope="decision", body_id=False):
        """Open the contacts of the members for whom nobody has ever sat."""
        self._check_reader()
        picture = self._get_picture(read_day(self, day), scope, body_id)
        return self.env["res.partner"]._get_records_action(
            name=self.env._("Members never represented"),
            views=[(False, "list"), (False, "form")],
            domain=[("id", "in", picture.never)],
            context={"create": False},
        )

    @api.model
    def _make(self, day, scope, body_id):
        self._check_reader()
        return self.create(
            {"day": read_day(self, day), "scope": scope, "body_id": body_id, "company_id": self.env.company.id}
        )

    @api.model
    def _check_reader(self):
        if not any(self.env.user.has_group(role) for role in READERS):
            raise AccessError(
                self.env._(
                    "Representativeness is for the governance secretary and the director: ask an administrator for "
                    "one of these roles."
                )
            )

    @api.model
    def _open_screen(self, body):
        action = self.env["ir.actions.client"]._for_xml_id("network_governance.action_representativeness")
        return {**action, "params": {"scope": "body", "body_id": body.id}}

    # ---- on paper, and in a workbook ----

    def _get_title(self):
        return self.env._("Representativeness on %s", format_date(self.env, self.day, date_format="d MMMM y"))

    def _get_scope_label(self):
        self.ensure_one()
        if self.scope == "body":
            return self.body_id.name
        if self.scope == "branch":
            return self.env._("%s and the bodies under it", self.body_id.name)
        return dict(self._fields["scope"]._description_selection(self.env))[self.scope]

    def _read_answer(self, years=3):
        """Return (environment of the association, picture, trend over some years) of the record's question."""
        self.ensure_one()
        self._check_reader()
        own, choice = self.with_company(self.company_id), (self.day, self.scope, self.body_id.id)
        return own.env, own._get_picture(*choice), own.get_trend(*choice, years=years)

    def _get_document(self):
        """Return what the template of the page for the assembly reads."""
        return AssemblyPage(*self._read_answer(years=10))

    def _export(self):
        title = (self.company_id.name, f"{self._get_title()} – {self._get_scope_label()}")
        sheets = PictureWorkbook(*self._read_answer(), title).build()
        return self.env["association.spreadsheet"]._download(self._get_title(), sheets)

    # ---- what is read ----

    @api.model
    def _counts_structures_only(self):
        return self.env.company.governance_counts == "structures"

    @api.model
    def _get_picture(self, day, scope, body_id):
        """Return the :class:`~.picture.Picture` of a day, in the current association."""
        company = self.env.company
        situation = self._get_situation(day, scope, body_id)
        return draw_picture(situation, company.governance_under, company.governance_over)

    @api.model
    def _get_situation(self, day, scope, body_id):
        company = self.env.company
        bodies = self._get_bodies(day, scope, body_id)
        rows = self.env["association.member"]._get_profiles_on(
            company, day, self._counts_structures_only(), company.governance_size
        )
        size_bounds = SIZE_BANDS[company.governance_size]
        return Situation(
            day,
            bodies,
            members=[profile(row, size_bounds, day) for row in rows],
            mandates=self._get_mandates(bodies, day),
            seats=self._count_seats(bodies, day),
        )

    @api.model
    def _get_point(self, day, scope, body_id):
        """Return how many members there were on a day and how many of them sat, as a point of the trend."""
        held = rules.held_on(self._get_mandates(self._get_bodies(day, scope, body_id), day), day)
        members, seated = self.env["association.member"]._count_members_on(
            self.env.company,
            day,
            self._counts_structures_only(),
            {mandate.structure for mandate in held if mandate.structure},
        )
        return {"day": day, "members": members, "seated": seated, "rate": rules.rate(seated, members)}

    @api.model
    def _get_bodies(self, day, scope, body_id):
        """Return {id: name} of the bodies of a scope, by the tree and the functions of a day."""
        self.env.flush_all()
        rows = self.env.execute_query(self._select_bodies(day))
        below = rules.branch({body: parent for body, _name, parent, _decides in rows}, body_id)
        return {
            body: name
            for body, name, _parent, decides in rows
            if scope == "all"
            or (scope == "decision" and decides)
            or (scope == "body" and body == body_id)
            or (scope == "branch" and body in below)
        }

    @api.model
    def _select_bodies(self, day):
        """Return the query of (id, name, id of the body above, whether it decides) of the bodies of a day."""
        return SQL(
            """
            SELECT body.id, COALESCE(former.name, body.name),
                   CASE WHEN former.id IS NULL THEN body.parent_id ELSE former.parent_id END,
                   EXISTS (
                    SELECT 1 FROM governance_function function WHERE function.decides AND CASE
                      WHEN former.id IS NULL THEN EXISTS (
                           SELECT 1 FROM governance_body_governance_function_rel rel
                            WHERE rel.governance_body_id = body.id AND rel.governance_function_id = function.id)
                      ELSE EXISTS (
                           SELECT 1 FROM governance_body_version_governance_function_rel rel
                            WHERE rel.governance_body_version_id = former.id
                              AND rel.governance_function_id = function.id) END)
              FROM governance_body body
              LEFT JOIN governance_body_version former
                ON former.body_id = body.id AND former.date_to >= %(day)s
                   AND (former.date_from IS NULL OR former.date_from <= %(day)s)
             WHERE body.company_id = %(company)s
               AND (body.date_from IS NULL OR body.date_from <= %(day)s)
               AND (body.date_to IS NULL OR body.date_to >= %(day)s)
            """,
            day=day,
            company=self.env.company.id,
        )

    @api.model
    def _get_mandates(self, bodies, day):
        """Return the :class:`~rules.Mandate` of these bodies that began by a day."""
        if not bodies:
            return []
        query = SQL(
            """
            SELECT mandate.seat_id, mandate.body_id, mandate.partner_id,
                   COALESCE(mandate.organisation_id, CASE WHEN %(persons)s THEN mandate.partner_id END),
                   mandate.date_from, mandate.last_day, mandate.role = 'titular', person.gender
              FROM governance_mandate mandate
              JOIN res_partner person ON person.id = mandate.partner_id
             WHERE mandate.body_id = ANY(%(bodies)s) AND mandate.date_from <= %(day)s
            """,
            persons=not self._counts_structures_only(),
            bodies=list(bodies),
            day=day,
        )
        return [rules.Mandate(*row) for row in self.env.execute_query(query)]

    @api.model
    def _count_seats(self, bodies, day):
        return self.env["governance.seat"].search_count(
            [("body_id", "in", list(bodies)), *self.env["governance.seat"]._on_day_domain(day)]
        )
