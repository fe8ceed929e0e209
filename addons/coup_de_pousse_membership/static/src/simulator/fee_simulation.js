/** What draft grids would bring in, and for whom the fee changes. */
import {Component, useState} from "@odoo/owl";
import {openRecords} from "../common/open_records";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

const COLORS = ["#6C757D", "#714B67", "#017E84", "#D9822B", "#2F80ED"];

/** Shows the grids side by side, then one draft in detail: who pays more, who pays less. */
export class FeeSimulation extends Component {
    static template = "coup_de_pousse_membership.FeeSimulation";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
        this.state = useState({draft: 0, group: 0});
    }

    get result() {
        return this.props.record.data[this.props.name] || {grids: []};
    }

    get grids() {
        return this.result.grids;
    }

    get drafts() {
        return this.grids.slice(1);
    }

    /** The draft that is shown in detail. */
    get draft() {
        return this.drafts[Math.min(this.state.draft, this.drafts.length - 1)];
    }

    get group() {
        return this.result.groups[this.state.group];
    }

    color(index) {
        return COLORS[index % COLORS.length];
    }

    /** Width of a bar, in percent of the longest one. */
    revenueWidth(grid) {
        return this.share(
            grid.revenue,
            this.grids.map(({revenue}) => revenue),
        );
    }

    classWidth(count) {
        return this.share(count, this.draft.classes);
    }

    share(number, numbers) {
        return Math.round((100 * number) / Math.max(...numbers, 1));
    }

    /** Rises and falls are of two colours; what stays is grey. */
    classColor(index) {
        const middle = (this.draft.classes.length - 1) / 2;
        if (index === middle) {
            return COLORS[0];
        }
        return index < middle ? "#2E7D32" : "#C0392B";
    }

    openMembers(ids, title) {
        return openRecords(this.action, "coup_de_pousse_membership.action_association_member", {
            domain: [["id", "in", ids]],
            title,
        });
    }

    openMember(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "association.member",
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("fields").add("fee_simulation", {
    component: FeeSimulation,
    supportedTypes: ["json"],
});
