/** The first screen of the app Adhésions. */
import {registry} from "@web/core/registry";
import {OverviewBase} from "../common/overview_base";

/** Bootstrap's colour of each state of a member. */
const STATE_COLORS = {
    member: "success",
    unpaid: "warning",
    upcoming: "info",
    applicant: "primary",
    refused: "danger",
};

/** First screen of the membership app: what needs doing, and how the network stands. */
export class MembershipOverview extends OverviewBase {
    static template = "coup_de_pousse_membership.Overview";
    static model = "association.overview";

    get memberTotal() {
        return this.overview.states.reduce((total, state) => total + state.count, 0);
    }

    get hasFees() {
        const {called, to_call} = this.overview.fees;
        return called > 0 || to_call > 0;
    }

    /** Parts of the fees' bar, each with what it is called and the list that it opens. */
    get feeParts() {
        const {collected, open, to_call, domains} = this.overview.fees;
        return [
            {name: "collected", color: "success", amount: collected, domain: domains.called},
            {name: "open", color: "warning", amount: open, domain: domains.open},
            {name: "to_call", color: "secondary", amount: to_call, domain: domains.to_call},
        ];
    }

    feeShare(amount) {
        const {called, to_call} = this.overview.fees;
        return Math.max(0, Math.min(100, (100 * amount) / (called + to_call)));
    }

    newMember() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "association.member",
            views: [[false, "form"]],
        });
    }

    stateColor(state) {
        return STATE_COLORS[state.name] || "secondary";
    }

    stateShare(state) {
        const highest = Math.max(...this.overview.states.map(({count}) => count));
        return (100 * state.count) / highest;
    }
}

registry.category("actions").add("coup_de_pousse_membership.overview", MembershipOverview);
