import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {formatFloat, formatInteger} from "@web/views/fields/formatters";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** First screen of the governance app: what needs doing, and how the bodies stand. */
export class GovernanceOverview extends Component {
    static template = "network_governance.Overview";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.display = {controlPanel: {}};
        this.state = useState({overview: null});
        onWillStart(async () => {
            this.state.overview = await this.orm.call("governance.overview", "get_overview", []);
        });
    }

    get overview() {
        return this.state.overview;
    }

    get percent() {
        return formatFloat(100 * this.overview.rate.rate, {digits: [16, 1]});
    }

    heldShare(body) {
        return (100 * body.held) / body.seats;
    }

    formatCount(count) {
        return formatInteger(count);
    }

    openBody(body) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "governance.body",
            res_id: body.id,
            views: [[false, "form"]],
        });
    }

    /**
     * Open an action, limited to some records under a title of its own.
     *
     * @param {string} xmlid
     * @param {{ domain?: Array, title?: string }} [options]
     */
    async open(xmlid, {domain, title} = {}) {
        const action = await this.action.loadAction(xmlid);
        if (domain) {
            Object.assign(action, {domain, name: title, display_name: title});
        }
        return this.action.doAction(action);
    }
}

registry.category("actions").add("network_governance.overview", GovernanceOverview);
