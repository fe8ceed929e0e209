"""Open a dashboard in the browser: no cell or chart is in error, and each value is the server's."""

import json

from odoo import fields

#: Waits until all is loaded, then compares the table with what is expected and looks for errors.
CHECK = """
(async () => {
    const expected = %s;
    const wait = (time) => new Promise((resolve) => setTimeout(resolve, time));
    const fail = (text) => { throw new Error(text); };
    const find = () => odoo.__WOWL_DEBUG__?.root.env.services.spreadsheet_dashboard_loader?.getActiveDashboard()?.model;
    for (let turn = 0; turn < 300 && !find(); turn++) { await wait(200); }
    const model = find() || fail("The dashboard did not open");
    const {getters} = model;
    const sheetId = getters.getActiveSheetId();
    const cells = () => getters.getEvaluatedCells
        ? getters.getEvaluatedCells(sheetId)
        : getters.getCells(sheetId).map((cell) => getters.getEvaluatedCell(getters.getCellPosition(cell.id)));
    const at = (col, row) => getters.getEvaluatedCell({sheetId, col, row});
    const loading = () => JSON.stringify(Object.values(cells()).map((cell) => cell.value)).includes("Loading");
    for (let turn = 0; turn < 300 && (turn < 10 || loading()); turn++) { await wait(100); }
    const errors = Object.values(cells()).filter((cell) => cell.type === "error");
    if (errors.length) { fail("Cells in error: " + JSON.stringify(errors.map((cell) => cell.message))); }
    const found = {};
    for (let row = 0; row < getters.getNumberRows(sheetId); row++) {
        const label = at(0, row).value;
        if (label in expected) { found[label] = [at(1, row).value, at(2, row).value]; }
    }
    for (const [label, values] of Object.entries(expected)) {
        for (const [rank, value] of values.entries()) {
            const shown = found[label]?.[rank];
            const same = value === null ? ["–", null, ""].includes(shown) : Math.abs(shown - value) < 0.005;
            if (!same) { fail(`${label}: ${shown} is shown, ${value} expected`); }
        }
    }
    for (const figureId of getters.getFigures(sheetId).map((figure) => figure.id)) {
        const chartId = getters.getChartIdFromFigureId(figureId);
        getters.getChartRuntime(chartId) || fail("No chart " + chartId);
    }
    console.log("test successful");
})().catch((error) => console.error(error.message));
"""


class DashboardChecks:
    """For a ``HttpCase``: ``check_dashboard`` opens one as a user does."""

    def check_dashboard(self, dashboard, user):
        """Compare what the browser shows with the figures as the server works them out for this user."""
        self.env.flush_all()
        action = self.env["ir.actions.client"].create(
            {
                "name": "Dashboard",
                "tag": "action_spreadsheet_dashboard",
                "params": {"dashboard_id": dashboard.id},
            }
        )
        if user.lang not in dict(self.env["res.lang"].get_installed()):
            # Odoo's spreadsheets have no numbers for a language that is not installed.
            user.lang = self.env["res.lang"].get_installed()[0][0]
        dashboard = dashboard.with_user(user)
        listed = dashboard._get_metrics().filtered(lambda metric: not metric.chart)
        today = fields.Date.context_today(dashboard)
        first = today.replace(month=1, day=1)
        now = listed._get_values(date_from=first, date_to=today)
        before = listed._get_values(
            date_from=fields.Date.subtract(first, years=1), date_to=fields.Date.subtract(today, years=1)
        )
        compared = {metric.code for metric in listed if metric.date_field}
        expected = {
            metric.name: [now[metric.code], *([before[metric.code]] if metric.code in compared else [])]
            for metric in listed.with_context(lang=user.lang)
        }
        self.assertTrue(expected)
        self.browser_js(
            f"/odoo/action-{action.id}",
            CHECK % json.dumps(expected),
            ready="odoo.isReady === true",
            login=user.login,
            timeout=180,
        )
        return now
