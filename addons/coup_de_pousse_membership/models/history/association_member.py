"""The register as it stood at a past day. The rules are in ``calculation/history/register_at.py``."""

from dataclasses import dataclass
from datetime import date

from odoo import models
from odoo.tools import SQL

from ...calculation.history.register_at import member_at
from ...calculation.register.membership_state import MEMBERS


@dataclass(frozen=True)
class RegisterEntry:
    """What the register says of a member at a day."""

    state: str
    membership: models.BaseModel
    category: models.BaseModel
    college: models.BaseModel
    since: date | bool
    left_on: date | bool
    reason: str | bool


class AssociationMember(models.Model):
    _inherit = "association.member"

    # ---- what the facts say, member by member ----

    def _states_at(self, day):
        """Return {member: its state at a day}, from the facts as they stood that day.

        A fixed number of queries, however many members.
        """
        return {member: entry.state for member, entry in self._register_at(day).items()}

    def _register_at(self, day):
        """Return {member: :class:`RegisterEntry`} at a day: state, category and college that day."""
        members = self.sudo()
        memberships = self.env["association.membership"].sudo().search_fetch([("member_id", "in", self.ids)])
        calls = memberships._get_calls_at(day)
        by_member = memberships.grouped("member_id")
        entries = {}
        for member in members:
            own = by_member.get(member, memberships.browse())
            entries[member.with_env(self.env)] = member._get_entry_at(day, own, calls)
        return entries

    def _get_entry_at(self, day, memberships, calls):
        facts = [membership._get_facts_at(calls.get(membership.id, ())) for membership in memberships]
        departures = [(departure.left_on, departure.returned_on or None) for departure in self.departure_ids]
        state, index = member_at(facts, departures, day)
        membership = memberships[index] if index is not None else memberships.browse()
        category = membership.category_id or self.category_id
        # The member's own college, unless it has changed category since.
        college = self.college_id if category == self.category_id else category.college_id
        left = self.departure_ids.filtered(lambda departure: departure.left_on < day)[:1]
        left = left if state == "left" else left.browse()
        since = self.since if self.since and self.since <= day else False
        return RegisterEntry(
            state,
            membership.with_env(self.env),
            category.with_env(self.env),
            college.with_env(self.env),
            since,
            left.left_on,
            left.reason,
        )

    # ---- who is a member on a day, for thousands at once: the same rules, in one query ----

    def _get_running_query(self, company, day, structures_only, joins=None):
        """Return the part of a query that joins the members of a day (``member``, ``partner``, ``term``).

        The conditions are those of ``calculation/history/register_at.py`` for a membership that runs. What was
        called and taken back cannot be told from the membership alone: ``doubtful`` says so.
        """
        return SQL(
            """
              FROM association_membership term
              JOIN association_member member ON member.id = term.member_id
              JOIN res_partner partner ON partner.id = member.partner_id
              LEFT JOIN (SELECT DISTINCT line.membership_id
                           FROM account_move_line line
                           JOIN account_move move ON move.id = line.move_id
                          WHERE line.membership_id IS NOT NULL AND move.move_type = 'out_refund'
                        ) refund ON refund.membership_id = term.id
              %(joins)s
             WHERE term.company_id = %(company)s AND term.admission = 'admitted'
               AND term.date_from <= %(day)s AND term.last_day >= %(day)s
               AND term.admission_decided_on <= %(day)s
               AND (term.withdrawn_on IS NULL OR term.withdrawn_on > %(day)s)
               AND (partner.is_company OR NOT %(structures_only)s)
            """,
            joins=joins or SQL(""),
            company=company.id,
            day=day,
            structures_only=structures_only,
        )

    def _select_doubtful(self):
        return SQL("(term.payment_state = 'cancelled' OR refund.membership_id IS NOT NULL)")

    def _count_members_on(self, company, day, structures_only, seated_ids):
        """Return (members, those of them among ``seated_ids``) on a day.

        :param seated_ids: ids of contacts.
        """
        self.env.flush_all()
        [(members, seated, doubtful)] = self.env.execute_query(
            SQL(
                """
                SELECT COUNT(DISTINCT member.id) FILTER (WHERE NOT %(doubtful)s),
                       COUNT(DISTINCT member.id)
                           FILTER (WHERE NOT %(doubtful)s AND member.partner_id = ANY(%(seated)s)),
                       ARRAY_AGG(DISTINCT member.id) FILTER (WHERE %(doubtful)s)
                %(running)s
                """,
                doubtful=self._select_doubtful(),
                seated=list(seated_ids),
                running=self._get_running_query(company, day, structures_only),
            )
        )
        sure = self._keep_members(doubtful, day)
        return members + len(sure), seated + sum(member.partner_id.id in seated_ids for member in sure)

    def _keep_members(self, ids, day):
        """Return those of these members that the register counts as members on a day."""
        doubtful = self.sudo().browse(ids or ())
        states = doubtful._states_at(day) if doubtful else {}
        return doubtful.filtered(lambda member: states[member] in MEMBERS)

    def _get_profiles_on(self, company, day, structures_only, figure):
        """Return the members of a day, each with what tells it from the others.

        :param figure: yearly figure that gives the size: the latest that is known by then.
        :return: (contact id, category id, college id, region id, department id, figure, day of founding,
            sector id) of each; None where it is not known.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT member.partner_id,
                       COALESCE(term.category_id, member.category_id),
                       CASE WHEN COALESCE(term.category_id, member.category_id) IS NOT DISTINCT FROM member.category_id
                            THEN member.college_id
                            ELSE (SELECT college_id FROM association_category WHERE id = term.category_id) END,
                       place.region_id, place.department_id,
                       known.figure, partner.founded_on, partner.industry_id, member.id, %(doubtful)s
                %(running)s
                """,
                doubtful=self._select_doubtful(),
                running=self._get_running_query(company, day, structures_only, self._join_profile(day, figure)),
            )
        )
        certain = {row[0]: row[:8] for row in rows if not row[9]}
        doubtful = {row[8]: row[:8] for row in rows if row[9] and row[0] not in certain}
        for member in self._keep_members(list(doubtful), day):
            certain[doubtful[member.id][0]] = doubtful[member.id]
        return list(certain.values())

    def _join_profile(self, day, figure):
        """Return the joins that give the territory and the latest figure known on a day."""
        return SQL(
            """
            LEFT JOIN (%(places)s) place ON place.territory_id = partner.territory_id
            LEFT JOIN (SELECT DISTINCT ON (partner_id) partner_id, %(figure)s AS figure
                         FROM association_annual_figures
                        WHERE year <= %(year)s AND %(figure)s IS NOT NULL
                        ORDER BY partner_id, year DESC
                      ) known ON known.partner_id = partner.id
            """,
            figure=SQL.identifier(figure),
            year=day.year,
            places=self._select_places(),
        )

    def _select_places(self):
        """Return the query of each territory's region and department.

        Below metropolitan France and overseas come regions, then departments; a territory as wide as a
        region, or wider, stands for what is missing.
        """
        return SQL(
            """
            SELECT territory.id AS territory_id,
                   COALESCE(path[1 + skipped], path[1])::int AS region_id,
                   COALESCE(path[2 + skipped], path[1 + skipped], path[1])::int AS department_id
              FROM association_territory territory
              JOIN LATERAL (SELECT string_to_array(TRIM(BOTH '/' FROM territory.parent_path), '/') AS path) paths ON TRUE
              JOIN LATERAL (SELECT (kind = 'area')::int AS skipped
                              FROM association_territory WHERE id = path[1]::int) top ON TRUE
            """
        )
