/** The matrix of bodies and functions. */
import {Component, onWillStart, useState} from "@odoo/owl";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {deserializeDate, serializeDate} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** Bodies × functions, with what nobody does and what several do. */
export class GovernanceMatrix extends Component {
    static template = "network_governance.Matrix";
    static components = {DateTimeInput, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.display = {controlPanel: {}};
        this.state = useState({matrix: null});
        onWillStart(() => this.load(false));
    }

    get matrix() {
        return this.state.matrix;
    }

    get day() {
        return deserializeDate(this.matrix.day);
    }

    chooseDay(day) {
        return this.load(day && serializeDate(day));
    }

    async load(day) {
        this.state.matrix = await this.orm.call("governance.matrix", "get_matrix", [day]);
    }

    has(row, fn) {
        return row.functions.includes(fn.id);
    }

    isDuplicate(row, fn) {
        return this.matrix.duplicates.some(
            (duplicate) => duplicate.function_id === fn.id && duplicate.body_ids.includes(row.id),
        );
    }

    open(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "governance.body",
            res_id: row.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("network_governance.matrix", GovernanceMatrix);
