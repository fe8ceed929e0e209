/** The workload: days planned and used by person and month. */
import {openRecords} from "@coup_de_pousse_membership/common/open_records";
import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {formatFloat} from "@web/views/fields/formatters";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const MODEL = "accompaniment.workload";

/** Advisers × months of a year: days planned and used, with what is too much. */
export class Workload extends Component {
    static template = "accompaniment.Workload";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.display = {controlPanel: {}};
        this.state = useState({workload: null});
        onWillStart(() => this.load(false));
    }

    get workload() {
        return this.state.workload;
    }

    get hasUndated() {
        return this.workload.rows.some((row) => row.undated);
    }

    async load(year) {
        this.state.workload = await this.orm.call(MODEL, "get_workload", [year]);
    }

    async download() {
        const action = await this.orm.call(MODEL, "action_download", [this.workload.year]);
        return this.action.doAction(action);
    }

    days(value) {
        return value ? formatFloat(value, {digits: [16, 2], trailingZeros: false}) : "–";
    }

    /** Sum of a month, or of the year, over all people. */
    total(field, rank = null) {
        const cells = this.workload.rows.map((row) =>
            rank === null ? row.total : row.cells[rank],
        );
        return cells.reduce((sum, cell) => sum + cell[field], 0);
    }

    openPlanned(row, cell) {
        return this.open("accompaniment.action_accompaniment_mission", row, [
            ["id", "in", cell.mission_ids],
        ]);
    }

    openUsed(row, month) {
        return this.open("accompaniment.action_accompaniment_day", row, [
            ["accompaniment_mission_id", "!=", false],
            ["intervener_id", "=", row.id],
            ["date", ">=", month.from],
            ["date", "<", month.to],
        ]);
    }

    open(xmlid, row, domain) {
        return openRecords(this.action, xmlid, {domain, title: row.name});
    }
}

registry.category("actions").add("accompaniment.workload", Workload);
