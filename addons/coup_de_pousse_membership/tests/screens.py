"""Opens every screen that a user's menus lead to, with each filter, grouping and button: none may end in an error."""

from dateutil.relativedelta import relativedelta
from lxml import etree
from odoo import fields
from odoo.addons.coup_de_pousse_membership.models.common.base import OURS
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.safe_eval import datetime, safe_eval, time

LISTED = ("list", "kanban", "form", "pivot", "graph", "calendar", "activity")


class ScreensCase:
    """For a test case on a database with records, and users that have menus."""

    def open_screens(self, user, addon):
        """Open the screens of an addon that a user's menus lead to.

        :return: (number of screens, filters, groupings and searches tried, [(screen, what, error)]).
        """
        self.tried, self.errors = 0, []
        env = self.env(user=user, context={"allowed_company_ids": user.company_ids.ids, "lang": user.lang})
        for action in self._get_actions(env, addon):
            # What another user has read is not in a new request's cache.
            self.env.flush_all()
            self.env.invalidate_all()
            self._open(env, action)
        return self.tried, self.errors

    def _get_actions(self, env, addon):
        menus = env["ir.ui.menu"].search([])._filter_visible_menus()
        own = {
            data.res_id
            for data in env["ir.model.data"].sudo().search([("module", "=", addon), ("model", "=", "ir.ui.menu")])
        }
        actions = {menu.action for menu in menus if menu.id in own and menu.action}
        return [action for action in actions if action._name == "ir.actions.act_window"]

    def _try(self, screen, what, call, *args, **kwargs):
        self.tried += 1
        try:
            return call(*args, **kwargs)
        except AccessError as error:
            self.errors.append((screen, what, str(error)))
        return None

    def _open(self, env, action):
        context = dict(safe_eval(action.sudo().context or "{}", {"uid": env.uid, "active_id": False, "active_ids": []}))
        model = env[action.sudo().res_model].with_context(**context)
        values = self._get_values(env)
        domain = Domain(safe_eval(action.sudo().domain or "[]", values))
        wanted = [(view, mode) for view, mode in action.sudo().views if mode in LISTED]
        wanted.append((action.sudo().search_view_id.id, "search"))
        screen = f"{action.sudo().name} ({env.user.login})"
        views = self._try(screen, "views", model.get_views, wanted)
        for mode, view in (views or {"views": {}})["views"].items():
            arch = etree.fromstring(view["arch"])
            if mode == "search":
                self._search(screen, model, domain, arch, values)
                continue
            names = self._get_names(arch, model)
            self._look_at_lines(screen, mode, model, names)
            if mode in ("list", "kanban", "form", "activity", "calendar"):
                found = self._try(screen, mode, model.web_search_read, domain, names, limit=20)
                self._open_each(screen, model, found, names if mode == "form" else None)
            self._look_at_buttons(screen, env, model, arch)

    def _open_each(self, screen, model, found, names):
        for row in (found or {"records": []})["records"][:3] if names else ():
            self._try(screen, "record", model.browse(row["id"]).web_read, names)

    def _get_values(self, env):
        return {
            "uid": env.uid,
            "time": time,
            "datetime": datetime,
            "relativedelta": relativedelta,
            "context_today": lambda: fields.Date.context_today(env.user),
            "allowed_company_ids": env.companies.ids,
            "context": {},
            "self": "a",
            "raw_value": "a",
            "active_id": False,
        }

    def _get_names(self, arch, model):
        """Return the specification of the fields of a view; lines within lines are read with theirs."""
        found = {}
        for node in arch.iter("field"):
            if any(parent.tag == "field" for parent in node.iterancestors()) or node.get("name") not in model._fields:
                continue
            field = model._fields[node.get("name")]
            inner = [child for child in node if child.tag in ("list", "kanban", "form")]
            spec = {}
            if inner:
                spec["fields"] = {
                    sub.get("name"): {}
                    for sub in inner[0].iter("field")
                    if sub.get("name") in model.env[field.comodel_name]._fields
                }
            elif field.type == "many2one":
                spec["fields"] = {"display_name": {}}
            found[field.name] = spec
        return found

    def _look_at_lines(self, screen, mode, model, names):
        """Check that the lines which a view lists are of a model that its user may read, whether there are any or not."""
        for name in names:
            field = model._fields[name]
            listed = model.env[field.comodel_name] if field.type in ("one2many", "many2many") else None
            if listed is not None and listed._original_module in OURS:
                self._try(screen, f"{mode} {name}", listed.check_access, "read")

    def _search(self, screen, model, domain, arch, values):
        for node in arch.iter("filter", "field"):
            name = node.get("name")
            if node.tag == "field":
                if node.getparent().tag == "searchpanel":
                    self._try(screen, f"panel {name}", model.search_panel_select_range, name)
                    continue
                text = node.get("filter_domain")
                if not text and model._fields[name].type not in ("char", "text", "html", "many2one", "one2many"):
                    continue
                typed = safe_eval(text, values) if text else [(name, "ilike", "a")]
                self._try(screen, f"search {name}", model.search_count, domain & Domain(typed), limit=1)
            elif node.get("domain"):
                kept = domain & Domain(safe_eval(node.get("domain"), values))
                self._try(screen, f"filter {name}", model.search_count, kept, limit=1)
            elif (group := safe_eval(node.get("context") or "{}", values).get("group_by")) and isinstance(group, str):
                if ":" not in group and model._fields[group.split(".")[0]].type in ("date", "datetime"):
                    group += ":month"
                self._try(screen, f"group {name}", model.formatted_read_group, domain, [group], ["__count"])

    def _look_at_buttons(self, screen, env, model, arch):
        """Check that a button which opens a window opens one whose model its user may fill in or read."""
        for node in arch.iter("button"):
            if node.get("type") != "action" or not (node.get("name") or "").isdigit():
                continue
            opened = env["ir.actions.actions"].sudo().browse(int(node.get("name"))).exists()
            window = env["ir.actions.act_window"].sudo().browse(opened.id).exists()
            if not window or opened.type != "ir.actions.act_window":
                continue
            self.tried += 1
            target = env[window.res_model]
            if not target.has_access("create" if target._transient else "read"):
                self.errors.append((screen, f"button {node.get('string')}", window.res_model))

    def press_reading_buttons(self, user, addon):
        """Press, on the first record of each of an addon's models, each button that a user sees there.

        :return: [(model, button, error)] of those that end in an access error.
        """
        errors = []
        env = self.env(user=user, context={"allowed_company_ids": user.company_ids.ids, "lang": user.lang})
        for model_name in self._get_models(addon):
            if env[model_name]._transient or env[model_name]._abstract or not env[model_name].has_access("read"):
                continue
            for model, name in self._get_buttons(env[model_name], addon):
                record = model.search([], limit=1)
                try:
                    with self.env.cr.savepoint() as pressed:
                        getattr(record, name)()
                        pressed.rollback()
                except AccessError as error:
                    errors.append((model._name, name, str(error)))
                except (UserError, ValueError):
                    continue
        return errors

    def _get_models(self, addon):
        data = self.env["ir.model.data"].sudo()
        ids = data.search([("module", "=", addon), ("model", "=", "ir.ui.view")]).mapped("res_id")
        return sorted(set(self.env["ir.ui.view"].sudo().browse(ids).mapped("model")) - {False})

    def _get_buttons(self, model, addon):
        """Yield (model, method) of the buttons in the views of an addon for a model, as their user sees them."""
        data = self.env["ir.model.data"].sudo()
        ids = data.search([("module", "=", addon), ("model", "=", "ir.ui.view")]).mapped("res_id")
        views = (
            self.env["ir.ui.view"]
            .sudo()
            .browse(ids)
            .filtered(
                lambda view: (
                    view.model == model._name and view.mode == "primary" and view.type in ("form", "list", "kanban")
                )
            )
        )
        for view in views:
            arch = etree.fromstring(model.get_views([(view.id, view.type)])["views"][view.type]["arch"])
            for node in arch.iter("button"):
                if node.get("type") == "object":
                    yield self._get_inner_model(model, node), node.get("name")

    def _get_inner_model(self, model, node):
        """Return the model that a node of a view is about: that of the lines which it stands in."""
        for parent in reversed(list(node.iterancestors("field"))):
            model = model.env[model._fields[parent.get("name")].comodel_name]
        return model
