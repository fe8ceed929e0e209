"""What each role may do, and what the first screen shows to it."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import GovernanceCommon

MODELS = (
    "body",
    "body.version",
    "composition",
    "seat",
    "mandate",
    "office",
    "draw",
    "draw.line",
    "declaration",
    "declaration.line",
    "attendance",
    "elector",
    "meeting",
    "resolution",
    "stay",
    "tally",
)


CRUD = ("create", "write", "unlink")
READERS = ("secretary", "director")
#: Who may call each public method; a role that is not named is refused.
PUBLIC = {
    ("governance.body", "action_create_seats"): ("secretary",),
    ("governance.body", "action_draw_lots"): ("secretary",),
    ("governance.body", "action_print_tree"): READERS,
    ("governance.body", "action_representativeness"): READERS,
    ("governance.body", "action_seat_holders"): ("secretary",),
    ("governance.body", "action_view_mandates"): READERS,
    ("governance.body", "action_view_seats"): READERS,
    ("governance.declaration", "action_declare"): ("secretary",),
    ("governance.draw", "action_draw"): ("secretary",),
    ("governance.draw", "action_record"): ("secretary",),
    ("governance.forecast", "action_export"): READERS,
    ("governance.forecast", "action_show"): READERS,
    ("governance.forecast.line", "action_export"): READERS,
    ("governance.forecast.line", "action_view_body"): READERS,
    ("governance.mandate", "action_replace"): ("secretary",),
    ("governance.matrix", "get_matrix"): READERS,
    ("governance.elector", "action_abstain"): ("secretary",),
    ("governance.elector", "action_blank"): ("secretary",),
    ("governance.elector", "action_no"): ("secretary",),
    ("governance.elector", "action_yes"): ("secretary",),
    ("governance.meeting", "action_assembly_file"): ("secretary",),
    ("governance.meeting", "action_minutes"): ("secretary",),
    ("governance.meeting", "action_votes"): READERS,
    ("governance.meeting", "action_cancel"): ("secretary",),
    ("governance.meeting", "action_close"): ("secretary",),
    ("governance.meeting", "action_convene"): ("secretary",),
    ("governance.meeting", "action_door"): READERS,
    ("governance.meeting", "action_export_attendance"): READERS,
    ("governance.meeting", "action_list"): ("secretary",),
    ("governance.meeting", "action_open"): ("secretary",),
    ("governance.meeting", "action_print_convocations"): READERS,
    ("governance.meeting", "find_badge"): READERS,
    ("governance.meeting", "get_door"): READERS,
    ("governance.meeting", "give_proxy"): ("secretary",),
    ("governance.meeting", "mark_arrival"): ("secretary",),
    ("governance.meeting", "mark_departure"): ("secretary",),
    ("governance.meeting", "take_proxy_back"): ("secretary",),
    ("governance.minutes", "action_approve"): ("secretary",),
    ("governance.minutes", "action_draft"): ("secretary",),
    ("governance.overview", "get_overview"): READERS,
    ("governance.replacement.wizard", "action_confirm"): ("secretary",),
    ("governance.representativeness", "action_export"): READERS,
    ("governance.representativeness", "action_never_represented"): READERS,
    ("governance.representativeness", "action_print"): READERS,
    ("governance.representativeness", "get_choices"): READERS,
    ("governance.representativeness", "get_former_ratios"): READERS,
    ("governance.representativeness", "get_picture"): READERS,
    ("governance.representativeness", "get_trend"): READERS,
    ("governance.resolution", "action_all_abstain"): ("secretary",),
    ("governance.resolution", "action_all_yes"): ("secretary",),
    ("governance.resolution", "action_close"): ("secretary",),
    ("governance.resolution", "action_commit"): READERS,
    ("governance.resolution", "action_electors"): READERS,
    ("governance.resolution", "action_export_voters"): READERS,
    ("governance.resolution", "action_open"): ("secretary",),
    ("governance.resolution", "action_read_result"): ("secretary",),
    ("governance.resolution", "action_seat"): ("secretary",),
    ("governance.resolution", "action_withdraw"): ("secretary",),
    ("governance.tally.wizard", "action_confirm"): ("secretary",),
    ("governance.scheme", "action_print"): READERS,
    ("governance.scheme", "action_show"): READERS,
    ("governance.series.wizard", "action_confirm"): ("secretary",),
    ("governance.seating.wizard", "action_confirm"): ("secretary",),
}


#: What a method is called with beside its record.
ARGUMENTS = {
    "find_badge": ("code",),
    "give_proxy": (1, 2),
    "mark_arrival": (1,),
    "mark_departure": (1,),
    "take_proxy_back": (1,),
}


@tagged("post_install", "-at_install")
class TestAccess(GovernanceCommon):
    """What each role must not do, through records and through public methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.body = cls.make_body((5,), declared=True, renewal="thirds", in_force_since="2020-01-01")
        cls.people = cls.make_people(5)
        cls.mandates = cls.seat(cls.body.seat_ids[:4], cls.people[:4], first=date(2025, 1, 1))
        cls.env["governance.office"].create({"mandate_id": cls.mandates[0].id, "date_from": "2025-01-01"})
        cls.draw = cls.env["governance.draw"].create({"body_id": cls.body.id, "drawn_on": "2025-01-01"})
        cls.draw.action_draw()
        cls.body.name = "Council"
        cls.declaration = cls.env["governance.declaration"].search([("company_id", "=", cls.company.id)])
        cls.meeting = cls.env["governance.meeting"].create({"body_id": cls.body.id, "starts_at": "2027-06-01 08:00:00"})
        cls.meeting.agenda_ids = [(0, 0, {"name": "Point"})]
        cls.meeting.action_list()
        cls.meeting.action_convene()
        cls.meeting.action_open()
        cls.meeting.mark_arrival(cls.meeting.attendance_ids[0].id)
        cls.resolution = cls.env["governance.resolution"].create({"meeting_id": cls.meeting.id, "name": "Vote"})
        cls.resolution.action_open()
        by_name = cls.env["governance.resolution"].create(
            {"meeting_id": cls.meeting.id, "name": "By name", "ballot": "names"}
        )
        by_name.action_open()
        cls.elector = by_name.elector_ids[0]
        cls.minutes = cls.env["governance.minutes"].create({"meeting_id": cls.meeting.id})

    def records(self):
        for name in MODELS:
            record = self.env[f"governance.{name}"].search([("company_id", "=", self.company.id)], limit=1)
            self.assertTrue(record, name)
            yield record

    def test_secretaries_land_on_their_app(self):
        screen = self.env.ref("network_governance.action_governance_overview")
        self.assertEqual(self.users["secretary"]._get_first_screen(), screen)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_the_director_reads_and_changes_nothing(self):
        for record in self.records():
            own = record.with_user(self.users["director"])
            with self.subTest(model=record._name):
                own.read(["display_name"])
                for act in (lambda own=own: own.write({"create_uid": 1}), own.unlink, lambda own=own: own.create({})):
                    with self.assertRaises(AccessError):
                        act()

    def test_public_methods_are_all_in_the_table(self):
        """What anybody can call over RPC has a line in the table of who may."""
        found = set()
        for name, model in self.env.registry.items():
            for base in model.__mro__:
                if base.__module__.startswith("odoo.addons.network_governance."):
                    found |= {(name, method) for method, what in vars(base).items() if callable(what)}
        public = {(name, method) for name, method in found if not method.startswith("_")}
        self.assertEqual({line for line in public if line[1] not in CRUD}, PUBLIC.keys())

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_who_may_call_what_over_rpc(self):
        roles = {**self.users, "none": self.outsider}
        for (name, method), allowed in PUBLIC.items():
            for role, user in roles.items():
                # Wizards belong to who makes them: who may not make one tries the secretary's.
                maker = role if role in allowed else "secretary"
                with self.subTest(model=name, method=method, role=role), self.env.cr.savepoint() as savepoint:
                    by_model = hasattr(getattr(self.env[name], method), "_api_model")
                    args = [] if by_model else [self.sample(name, roles[maker]).ids, *ARGUMENTS.get(method, ())]
                    self.env.flush_all()
                    self.env.invalidate_all()  # a call over RPC begins with nothing read
                    try:
                        call_kw(self.env[name].with_user(user), method, args, {})
                        let_in = True
                    except AccessError:
                        let_in = False
                    except UserError:
                        let_in = True  # and told what is wrong with the question
                    self.assertEqual(let_in, role in allowed, f"{name}.{method} as {role}")
                    savepoint.rollback()

    def sample(self, name, user):
        """Return a record to call a method on."""
        model = self.env[name].with_user(user)
        if name == "governance.forecast.line":
            forecast = self.sample("governance.forecast", user)
            forecast.action_show()
            return forecast.line_ids[0]
        found = {
            "body": self.body,
            "mandate": self.mandates[0],
            "declaration": self.declaration,
            "draw": self.draw,
            "elector": self.elector,
            "meeting": self.meeting,
            "minutes": self.minutes,
            "resolution": self.resolution,
        }
        wizards = {
            "seating.wizard": {"body_id": self.body.id},
            "series.wizard": {"body_id": self.body.id, "first_at": "2031-01-01 08:00:00"},
            "tally.wizard": {"resolution_id": self.resolution.id, "file": b"e30="},
            "replacement.wizard": {"mandate_id": self.mandates[1].id, "partner_id": self.people[4].id},
        }
        short = name.removeprefix("governance.")
        return found[short] if short in found else model.create(wizards.get(short, {}))

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_an_outsider_sees_nothing(self):
        for record in self.records():
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(self.outsider).read(["display_name"])
        partner = self.people[0].with_user(self.outsider)
        with self.assertRaises(AccessError):
            partner.mapped("mandate_ids")

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_what_the_secretary_must_not_do(self):
        secretary = self.users["secretary"]
        env = self.env(user=secretary)
        declaration = self.declaration.with_user(secretary)
        self.assertFalse(secretary.has_group("coup_de_pousse_membership.group_membership_office"))
        for act in (
            lambda: env["governance.declaration"].create({"changed_on": "2025-01-01"}),
            lambda: env["governance.declaration.line"].search([], limit=1).unlink(),
            lambda: env["governance.body.version"].search([], limit=1).write({"name": "X"}),
            lambda: env["association.member"].search([]),
            lambda: env["association.college"].search([], limit=1).write({"name": "X"}),
            lambda: env["account.move"].search([]),
        ):
            with self.assertRaises(AccessError):
                act()
        declaration.action_declare()
        self.assertTrue(declaration.declared_on)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_another_association_is_out_of_reach(self):
        other = self.env["res.company"].create({"name": "Other association"})
        foreign = self.users["secretary"].copy(
            {"login": "foreign", "company_id": other.id, "company_ids": [(6, 0, other.ids)]}
        )
        theirs = self.env(user=foreign, context={"allowed_company_ids": other.ids})
        for record in self.records():
            with self.subTest(model=record._name):
                own = record.with_env(theirs)
                self.assertFalse(own.search([("id", "=", record.id)]))
                with self.assertRaises(AccessError):
                    own.read(["display_name"])
        self.assertTrue(theirs["governance.body"].create({"name": "Own"}))
        for act in (
            lambda: theirs["governance.mandate"].create(
                {"seat_id": self.body.seat_ids[4].id, "partner_id": self.people[4].id}
            ),
            lambda: theirs["governance.body"].create({"name": "X", "company_id": self.company.id}),
            lambda: theirs["governance.representativeness"].create({"company_id": self.company.id})._get_document(),
        ):
            with self.assertRaises(AccessError):
                act()
        for name in ("forecast", "scheme"):
            wizard = theirs[f"governance.{name}"].create({"company_id": self.company.id})
            wizard.action_show()
            self.assertFalse(wizard.line_ids, name)


@tagged("post_install", "-at_install")
class TestOverview(GovernanceCommon):
    def overview(self, role="secretary"):
        self.env.flush_all()
        return self.env["governance.overview"].with_user(self.users[role]).get_overview()

    def test_steps_to_start(self):
        steps = self.overview()["steps"]
        self.assertEqual([step["done"] for step in steps], [False] * 3)
        self.assertTrue(all(step["button"] for step in steps))
        self.assertFalse(any(step["button"] for step in self.overview("director")["steps"]))
        body = self.make_body((1,))
        self.assertEqual([step["done"] for step in self.overview()["steps"]], [True, False, False])
        self.seat(body.seat_ids, self.make_people(1), first=self.today)
        self.assertEqual(self.overview()["steps"], [])

    def test_cards_open_what_they_count(self):
        month = date(self.today.year, self.today.month, 1)
        body = self.make_body((6,), declared=True, renewal="thirds")
        body.composition_ids.minimum = 6
        people = self.make_people(4)
        early = date(month.year - 3, month.month, 1)
        kept = self.seat(body.seat_ids[:1], people[:1], first=early, term_date=date(month.year - 1, 1, 31), stays=True)
        ending = self.seat(body.seat_ids[1:2], people[1:2], first=early, term_date=self.today)
        self.company.governance_declare_since = date(month.year - 1, 1, 1)
        old = self.seat(body.seat_ids[2:3], people[2:3], first=date(month.year - 1, 1, 1))
        self.seat(body.seat_ids[3:4], people[3:4], first=self.today)
        self.company.governance_most_seats = 1
        other = self.make_body((1,), name="Advice", kind="committee")
        self.seat(other.seat_ids, people[:1], first=self.today)
        cards = {card["name"]: card for card in self.overview("director")["cards"]}
        counts = {name: card["count"] for name, card in cards.items()}
        self.assertEqual(
            counts,
            {
                "late": 1,
                "minimum": 1,
                "vacant": 2,
                "kept": 1,
                "ending": 1,
                "declarations": 1,
                "draws": 1,
                "warnings": 5,
            },
        )
        for name, card in cards.items():
            with self.subTest(card=name):
                model = self.env[self.env.ref(card["action"]).res_model]
                self.assertEqual(model.search_count(card["domain"]), card["count"])
        bodies = [(row["name"], row["held"], row["seats"]) for row in self.overview("director")["bodies"]]
        self.assertEqual(bodies, [("Board", 4, 6), ("Advice", 1, 1)], "what lacks holders comes first")
        mandates = self.env["governance.mandate"]
        self.assertEqual(mandates.search(cards["kept"]["domain"]), kept)
        self.assertEqual(mandates.search(cards["ending"]["domain"]), ending)
        declared = self.env["governance.declaration"].search(cards["late"]["domain"])
        self.assertEqual(declared.line_ids.partner_id, old.partner_id)

    def test_what_is_done_is_not_shown(self):
        body = self.make_body((1,))
        body.seat_ids.college_id = False
        self.seat(body.seat_ids, self.make_people(1), first=self.today)
        overview = self.overview()
        self.assertEqual(overview["cards"], [])
        self.assertEqual([(b["held"], b["seats"]) for b in overview["bodies"]], [(1, 1)])
