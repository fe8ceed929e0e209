/** The first screen of the app Gouvernance. */
import {OverviewBase} from "@coup_de_pousse_membership/common/overview_base";
import {registry} from "@web/core/registry";
import {formatFloat} from "@web/views/fields/formatters";

/** First screen of the governance app: what needs doing, and how the bodies stand. */
export class GovernanceOverview extends OverviewBase {
    static template = "network_governance.Overview";
    static model = "governance.overview";

    get percent() {
        return formatFloat(100 * this.overview.rate.rate, {digits: [16, 1]});
    }

    heldShare(body) {
        return (100 * body.held) / body.seats;
    }

    openBody(body) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "governance.body",
            res_id: body.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("network_governance.overview", GovernanceOverview);
