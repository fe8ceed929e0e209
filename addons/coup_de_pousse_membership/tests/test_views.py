"""Views, menus and printed calls, as each role opens them."""

import subprocess
from unittest.mock import patch

from lxml import etree
from odoo.addons.base.models import ir_actions_report
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools.pdf import PdfFileReader
from reportlab.pdfgen.canvas import Canvas

from ..calculation.common.printed_pages import BREAK
from ..models.common.optional_number import OptionalNumberMixin
from .common import ADDON, MembershipCommon

MODELS = (
    "association.member",
    "association.membership",
    "association.fee.grid",
    "association.annual.figures",
    "association.category",
    "association.college",
)
WIZARDS = {
    "association.membership.wizard": "office",
    "association.admission.wizard": "office",
    "association.call.wizard": "treasurer",
    "association.departure.wizard": "office",
}
ROLES = ("director", "office", "treasurer", "manager")


@tagged("post_install", "-at_install")
class TestViews(MembershipCommon):
    def views_of_the_addon(self):
        """Return {model: its views that this addon delivers}; what extends another view is read with it."""
        data = self.env["ir.model.data"].search([("module", "=", ADDON), ("model", "=", "ir.ui.view")])
        views = self.env["ir.ui.view"].browse(data.mapped("res_id")).filtered("model")
        return views.grouped("model")

    def test_views_load_for_each_role(self):
        kinds = ["list", "form", "search", "kanban", "pivot", "graph"]
        for role in ROLES:
            env = self.env(user=self.users[role])
            for model in MODELS:
                with self.subTest(role=role, model=model):
                    views = env[model].get_views([(False, kind) for kind in kinds])["views"]
                    self.assertEqual(set(views), set(kinds))
            for model in ("res.partner", "account.move") if role != "office" else ():
                env[model].get_views([(False, "form"), (False, "list"), (False, "search")])

    def test_every_view_opens_for_the_roles_that_may(self):
        views_of = self.views_of_the_addon()
        own = {model for model in views_of if model.startswith("association.")}
        self.assertGreaterEqual(len(own), 36)
        for model, views in views_of.items():
            roles = [role for role in ROLES if self.env[model].with_user(self.users[role]).has_access("read")]
            self.assertTrue(roles or model not in own, f"{model}: for nobody")
            for role in roles:
                for view in views.filtered(lambda view: view.mode == "primary"):
                    with self.subTest(role=role, view=view.xml_id):
                        result = self.env[model].with_user(self.users[role]).get_view(view.id, view.type)
                        self.assertEqual(etree.fromstring(result["arch"]).tag, view.type)

    def test_every_model_that_people_open_has_a_view(self):
        """What an action of the addon opens is laid out by the addon, not by Odoo's guess."""
        views_of = self.views_of_the_addon()
        data = self.env["ir.model.data"].search([("module", "=", ADDON), ("model", "=", "ir.actions.act_window")])
        for action in self.env["ir.actions.act_window"].browse(data.mapped("res_id")):
            if not action.res_model.startswith("association."):
                continue
            laid_out = {*views_of[action.res_model].mapped("type"), *action.view_ids.mapped("view_mode")}
            with self.subTest(action=action.xml_id):
                self.assertLessEqual({*action.view_mode.split(",")} - {"activity"}, laid_out)

    def test_wizards_are_for_those_who_may(self):
        for model, role in WIZARDS.items():
            self.env[model].with_user(self.users[role]).get_views([(False, "form")])
            action = self.env.ref(f"{ADDON}.action_{model.replace('.', '_')}")
            bound = {
                name: self.env["ir.actions.actions"]
                .with_user(self.users[name])
                .get_bindings(action.binding_model_id.model)
                .get("action", [])
                for name in ("director", role)
            }
            self.assertIn(action.id, [values["id"] for values in bound[role]])
            self.assertNotIn(action.id, [values["id"] for values in bound["director"]])

    def test_menus_open_for_those_who_see_them(self):
        root = self.env.ref(f"{ADDON}.menu_root")
        for role in ROLES:
            env = self.env(user=self.users[role])
            visible = env["ir.ui.menu"]._visible_menu_ids()
            self.assertIn(root.id, visible)
            for menu in env["ir.ui.menu"].search([("parent_path", "=like", f"{root.id}/%")]):
                action = menu.action
                if menu.id in visible and action and action._name == "ir.actions.act_window":
                    with self.subTest(role=role, menu=menu.complete_name):
                        self.open_action(env, action)
        self.assertNotIn(root.id, self.env["ir.ui.menu"].with_user(self.outsider)._visible_menu_ids())

    def open_action(self, env, action):
        values = env["ir.actions.act_window"]._for_xml_id(action.xml_id)
        views = env[values["res_model"]].get_views(values["views"])["views"]
        self.assertEqual(set(views), {kind for _id, kind in values["views"]})

    def test_menus_of_the_roles(self):
        def names(role):
            visible = self.env["ir.ui.menu"].with_user(self.users[role])._visible_menu_ids()
            own = self.env["ir.model.data"].search([("module", "=", ADDON), ("model", "=", "ir.ui.menu")])
            return {data.name for data in own if data.res_id in visible}

        accounts = {
            "menu_call",
            "menu_payments",
            "menu_payment_import",
            "menu_payment_suspense",
            "menu_cheque",
            "menu_cheque_deposit",
            "menu_surplus",
            "menu_gifts",
            "menu_gift",
            "menu_tax_receipt",
            "menu_receipt_year",
            "menu_receipt_form",
            "menu_kilometre_rate",
            "menu_fee_simulation",
        }
        self.assertEqual(names("director") - names("office"), accounts)
        self.assertEqual(names("office") - names("director"), {"menu_member_import"})
        self.assertEqual(names("treasurer"), names("director") | names("office"))

    def test_director_has_no_button_that_changes_anything(self):
        comparison = self.env.ref(f"{ADDON}.action_association_fee_history_wizard")
        expected = {
            "association.member": {
                "action_view_memberships",
                "action_view_invoices",
                "action_view_contact",
                str(comparison.id),  # fees under each grid: only shows
            },
            "association.membership": {"action_view_invoices", "action_view_member"},
            "association.fee.grid": {"action_view_memberships"},
        }
        for model, allowed in expected.items():
            views = self.env[model].with_user(self.users["director"]).get_views([(False, "form")])
            arch = etree.fromstring(views["views"]["form"]["arch"])
            self.assertEqual({node.get("name") for node in arch.iter("button")}, allowed)

    def test_wide_lists_are_cards_on_a_phone(self):
        actions = (
            "action_association_campaign_line",
            "action_association_reminder_log",
            "action_association_payment_import_line",
            "action_association_payment_suspense",
            "action_association_cheque",
            "action_association_call_reminder",
        )
        for name in actions:
            with self.subTest(name):
                action = self.env.ref(f"{ADDON}.{name}")
                self.assertIn("kanban", action.view_mode.split(","))
                model = self.env[action.res_model]
                self.assertIn('t-name="card"', model.get_view(view_type="kanban")["arch"])

    def test_numbers_that_may_be_unknown_have_their_widget(self):
        """With Odoo's own widget, clearing such a number would save 0."""
        views = self.env["ir.ui.view"].search([("model", "in", list(self.views_of_the_addon()))])
        checked = 0
        for view in views.filtered(lambda v: v.type in ("form", "list", "kanban")):
            result = self.env[view.model].get_view(view.id, view.type)
            checked += self.check_numbers(etree.fromstring(result["arch"]), self.env[view.model])
        self.assertGreater(checked, 20)

    def check_numbers(self, node, model):
        checked = 0
        for child in node:
            inner = model
            field = model._fields.get(child.get("name")) if child.tag == "field" else None
            if isinstance(field, OptionalNumberMixin):
                self.assertEqual((field.name, child.get("widget")), (field.name, f"optional_{field.type}"))
                checked += 1
            elif field and field.relational:
                inner = self.env[field.comodel_name]
            checked += self.check_numbers(child, inner)
        return checked

    def test_membership_entered_by_hand_gets_the_fee_of_the_grid(self):
        grid = self.make_grid([(None, 1000, 50), (1000, None, 80)])
        member = self.make_members(1, budget=5000)
        with Form(self.env["association.membership"].with_user(self.users["office"])) as form:
            form.member_id = member
            form.grid_id = grid
            self.assertEqual((form.amount, form.date_from), (80, grid.date_from))
        membership = member.membership_ids
        self.assertEqual(membership.rule_id, grid.rule_ids[1])
        self.assertEqual(membership.basis_value, 5000)
        self.assertIn("80", membership.quote_sentence)

    def test_contact_opens_the_members_file(self):
        member = self.make_members(1)
        contact = member.partner_id.with_user(self.users["director"])
        self.assertEqual(contact.action_view_member_file()["res_id"], member.id)
        self.assertEqual(member.action_view_contact()["res_id"], contact.id)
        with self.assertRaises(AccessError):
            contact.with_user(self.outsider).read(["member_ids"])


@tagged("post_install", "-at_install")
class TestCallReport(MembershipCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grid = cls.make_grid([(None, None, 50)])
        members = cls.make_members(2, budget=10)
        (members.partner_id | cls.partner_a).lang = "en_US"
        cls.calls = cls.make_memberships(members, cls.grid)._issue_calls()
        cls.report = cls.env.ref("account.account_invoices")

    def html(self, move):
        return self.report._render_qweb_html(self.report, move.ids)[0].decode()

    def test_a_call_is_called_by_its_name(self):
        html = self.html(self.calls[0])
        self.assertIn("Call for a fee", html)
        self.assertNotIn(">Invoice<", html)
        self.assertIn("261-7-1", html)

    def test_a_credit_note_and_an_ordinary_invoice_keep_theirs(self):
        credit_note = self.calls[0]._reverse_moves(cancel=True)
        self.assertIn("Credit Note", self.html(credit_note))
        self.assertNotIn("Call for a fee", self.html(credit_note))
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.partner_a.id,
                "invoice_line_ids": [Command.create({"name": "Room", "price_unit": 10})],
            }
        )
        invoice.action_post()
        self.assertNotIn("Call for a fee", self.html(invoice))

    def engine(self, patched):
        info = ir_actions_report.WkhtmlInfo("ok", True, "", "0.12.6", patched, "", None)
        return patch.object(ir_actions_report, "_wkhtml", lambda: info)

    def test_letterhead_moves_into_the_page_of_a_plain_engine(self):
        html = self.html(self.calls)
        with self.engine(patched=True):
            bodies, _ids, header, _footer, _paper = self.report._prepare_html(html, report_model="account.move")
            self.assertNotIn('class="header', bodies[0])
            self.assertIn('class="header', header)
        with self.engine(patched=False):
            bodies, ids, header, footer, paper = self.report._prepare_html(html, report_model="account.move")
        self.assertEqual(ids, self.calls.ids)
        self.assertEqual((header, footer), (None, None))
        self.assertEqual(paper["data-report-margin-top"], 12)
        for body in bodies:
            places = [body.index(f'class="{name}') for name in ("header", "footer")]
            self.assertLess(places[0], body.index("Call for a fee"))
            self.assertGreater(places[1], body.index("Call for a fee"))
            self.assertNotIn("topage", body)

    def test_a_plain_engine_prints_many_documents_in_one_run(self):
        runs = []

        def run(args):
            runs.append(args)
            canvas = Canvas(args[-1], pagesize=(300, 300))
            for text in ("First call", BREAK, "Second call", "its second page"):
                canvas.drawString(20, 100, text)
                canvas.showPage()
            canvas.save()
            return subprocess.CompletedProcess(args, 0, "", "")

        report = self.report.with_context(force_report_rendering=True)
        with self.engine(patched=False), patch.object(ir_actions_report, "_run_wkhtmltopdf", run):
            streams = report._render_qweb_pdf_prepare_streams(self.report, {}, self.calls.ids)
        self.assertEqual(len(runs), 1)
        texts = [
            [page.extract_text() for page in PdfFileReader(streams[call.id]["stream"]).pages] for call in self.calls
        ]
        self.assertEqual([len(pages) for pages in texts], [1, 2], "each call has its own document")
        self.assertIn("First call", texts[0][0])
        self.assertIn("2 / 2", texts[1][1])
