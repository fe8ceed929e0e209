"""Whether the seats are shared as the members are: read for one day. The rules are plain Python, in
``calculation/representativeness/representativeness.py``.
"""

from bisect import bisect_right
from collections import namedtuple

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...calculation.representativeness import representativeness as rules

ROLES = ("network_governance.group_governance_director", "network_governance.group_governance_secretary")
#: Key of each dimension in the profile of a member, from 1 (0 is the member itself).
DIMENSIONS = ("category", "college", "region", "department", "size", "age", "sector")
#: How many of the longest in office are named.
LONGEST = 10

Situation = namedtuple("Situation", "day bodies members mandates held seats")


class GovernanceRepresentativeness(models.TransientModel):
    _name = "governance.representativeness"
    _description = "Representativeness"
    _rec_name = "day"

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
    body_id = fields.Many2one("governance.body")

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
        return self._prepare_picture(self._get_situation(self._read_day(day), scope, body_id))

    @api.model
    @api.readonly
    def get_trend(self, day=False, scope="decision", body_id=False):
        """Return the share of seated structures, quarter after quarter, over the three years before a day.

        :return: [{``day``, ``members``, ``seated``, ``rate``}], the oldest first.
        """
        self._check_reader()
        until = self._read_day(day)
        company = self.env.company
        points = []
        for months in range(36, -1, -3):
            then = fields.Date.subtract(until, months=months)
            held = rules.held_on(self._get_mandates(self._get_bodies(then, scope, body_id), then), then)
            structures = {mandate.structure for mandate in held if mandate.structure}
            members, seated = self.env["association.member"]._count_members_on(
                company, then, self._counts_structures_only(), structures
            )
            points.append({"day": then, "members": members, "seated": seated, "rate": rules.rate(seated, members)})
        return points

    @api.model
    @api.readonly
    def get_former_ratios(self, day=False, scope="decision", body_id=False):
        """Return how each segment stood a year before a day.

        :return: {dimension: [{``key`` of the segment, ``ratio``: share of the seats ÷ share of the members}]}.
        """
        self._check_reader()
        then = self._get_situation(fields.Date.subtract(self._read_day(day), years=1), scope, body_id)
        return {
            name: [
                {"key": segment.key, "ratio": segment.ratio}
                for segment in rules.segments(then.members, then.held, index)
            ]
            for index, name in enumerate(DIMENSIONS, 1)
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
        situation = self._get_situation(self._read_day(day), scope, body_id)
        ids = rules.never_represented(situation.members, situation.mandates, situation.day)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Members never represented"),
            "res_model": "res.partner",
            "views": [[False, "list"], [False, "form"]],
            "domain": [("id", "in", ids)],
            "context": {"create": False},
        }

    @api.model
    def _make(self, day, scope, body_id):
        self._check_reader()
        return self.create(
            {"day": self._read_day(day), "scope": scope, "body_id": body_id, "company_id": self.env.company.id}
        )

    @api.model
    def _check_reader(self):
        if not any(self.env.user.has_group(role) for role in ROLES):
            raise AccessError(
                self.env._(
                    "Representativeness is for the governance secretary and the director: ask an administrator for "
                    "one of these roles."
                )
            )

    @api.model
    def _read_day(self, day):
        return self.env["governance.matrix"]._read_day(day)

    @api.model
    def _open_screen(self, body):
        action = self.env["ir.actions.client"]._for_xml_id("network_governance.action_representativeness")
        return {**action, "params": {"scope": "body", "body_id": body.id}}

    # ---- what is read ----

    @api.model
    def _counts_structures_only(self):
        return self.env.company.governance_counts == "structures"

    @api.model
    def _get_situation(self, day, scope, body_id):
        company = self.env.company
        bodies = self._get_bodies(day, scope, body_id)
        profiles = self.env["association.member"]._get_profiles_on(
            company, day, self._counts_structures_only(), company.governance_size
        )
        size_bounds = rules.SIZE_BANDS[company.governance_size]
        members = [
            (
                *profile[:5],
                None if profile[5] is None else bisect_right(size_bounds, profile[5]),
                rules.age_band(profile[6], day),
                profile[7],
            )
            for profile in profiles
        ]
        mandates = self._get_mandates(bodies, day)
        return Situation(day, bodies, members, mandates, rules.held_on(mandates, day), self._count_seats(bodies, day))

    @api.model
    def _get_bodies(self, day, scope, body_id):
        """Return {id: name} of the bodies of a scope, by the tree and the functions of a day."""
        self.env.flush_all()
        query = SQL(
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
        rows = self.env.execute_query(query)
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

    # ---- what is shown ----

    @api.model
    def _prepare_picture(self, situation):
        members, held = situation.members, situation.held
        ids = {member[0] for member in members}
        seated = rules.seated_members(members, held)
        by_members = sum(mandate.structure in ids for mandate in held)
        dimensions = self._prepare_dimensions(members, held)
        return {
            "company": self.env.company.name,
            "day": situation.day,
            "bodies": len(situation.bodies),
            "members": len(members),
            "seated": len(seated),
            "rate": rules.rate(len(seated), len(members)),
            "seats": {
                "all": situation.seats,
                "held": len(held),
                "vacant": max(0, situation.seats - len(held)),
                "by_members": by_members,
                "by_others": len(held) - by_members,
            },
            "never": len(rules.never_represented(members, situation.mandates, situation.day)),
            "dimensions": dimensions,
            "absent": self._prepare_absent(dimensions),
            "thresholds": {"under": self.env.company.governance_under, "over": self.env.company.governance_over},
            **self._prepare_persons(situation),
        }

    @api.model
    def _prepare_dimensions(self, members, held):
        company = self.env.company
        found = {
            name: rules.segments(members, held, index, company.governance_under, company.governance_over)
            for index, name in enumerate(DIMENSIONS, 1)
        }
        labels = self._get_labels({name: {s.key for s in segments} for name, segments in found.items()})
        titles = self._get_titles()
        unknown = self.env._("Not known")
        return [
            {
                "name": name,
                "label": titles[name],
                "segments": [
                    {**vars(segment), "label": labels[name].get(segment.key, unknown)}
                    for segment in self._in_order(name, segments)
                ],
            }
            for name, segments in found.items()
        ]

    @api.model
    def _prepare_absent(self, dimensions):
        """Return the segments without a seat; members of whom it is not known where they belong make none."""
        return [
            {"dimension": dimension["name"], "label": segment["label"], "members": segment["members"]}
            for dimension in dimensions
            for segment in dimension["segments"]
            if segment["mark"] == rules.ABSENT and segment["key"] is not None
        ]

    @api.model
    def _in_order(self, name, segments):
        """Bands go from the smallest to the largest; the others stay by number; unknown is last."""
        if name in ("size", "age"):
            return sorted(segments, key=lambda s: (s.key is None, s.key or 0))
        return sorted(segments, key=lambda s: s.key is None)

    @api.model
    def _get_titles(self):
        return {
            "category": self.env._("Category"),
            "college": self.env._("College"),
            "region": self.env._("Region"),
            "department": self.env._("Department"),
            "size": dict(self.env["res.company"]._fields["governance_size"]._description_selection(self.env))[
                self.env.company.governance_size
            ],
            "age": self.env._("Age of the structure"),
            "sector": self.env._("Sector"),
        }

    @api.model
    def _get_labels(self, keys):
        """Return {dimension: {key: what it is called}}, in four queries at most."""
        territories = self._names("association.territory", keys["region"] | keys["department"])
        figure = self.env.company.governance_size
        unit = "\N{NO-BREAK SPACE}€" if figure == "budget" else self.env._(" FTE")
        return {
            "category": self._names("association.category", keys["category"]),
            "college": self._names("association.college", keys["college"]),
            "region": territories,
            "department": territories,
            "size": dict(enumerate(self._name_bands(rules.SIZE_BANDS[figure], unit))),
            "age": dict(enumerate(self._name_bands(rules.AGE_BANDS, self.env._(" years")))),
            "sector": self._names("res.partner.industry", keys["sector"]),
        }

    @api.model
    def _names(self, model, ids):
        records = self.env[model].sudo().browse(sorted(ids - {None}))
        return {record.id: record.display_name for record in records}

    @api.model
    def _name_bands(self, bounds, unit):
        texts = [f"{bound:,}".replace(",", "\N{NO-BREAK SPACE}") for bound in bounds]
        return [
            self.env._("Under %(bound)s%(unit)s", bound=texts[0], unit=unit),
            *(
                self.env._("From %(lower)s to under %(upper)s%(unit)s", lower=lower, upper=upper, unit=unit)
                for lower, upper in zip(texts, texts[1:], strict=False)
            ),
            self.env._("%(bound)s%(unit)s and more", bound=texts[-1], unit=unit),
        ]

    @api.model
    def _prepare_persons(self, situation):
        held = situation.held
        genders = rules.genders(held)
        years = rules.years_in_office(situation.mandates, held, situation.day)
        several = rules.several_seats(held)
        longest = sorted(years.items(), key=lambda item: -item[1])[:LONGEST]
        people = {person for (_body, person), _years in longest} | set(several)
        names = {p.id: p.name for p in self.env["res.partner"].sudo().browse(sorted(people))}
        return {
            "genders": {gender or "unknown": count for gender, count in genders.items()},
            "persons": len({mandate.person for mandate in held}),
            "years": {
                "average": sum(years.values()) / len(years) if years else None,
                "longest": [
                    {"name": names[person], "body": situation.bodies[body], "years": value}
                    for (body, person), value in longest
                ],
            },
            "several": [
                {
                    "name": names[person],
                    "seats": count,
                    "bodies": ", ".join(sorted(situation.bodies[m.body] for m in held if m.person == person)),
                }
                for person, count in several.items()
            ],
        }
