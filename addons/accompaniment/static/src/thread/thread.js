/** The thread of a mission, from finding to effect, as one picture. */
import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** From finding to workshop to action to effect: one picture of a mission, orphans in red. */
export class MissionThread extends Component {
    static template = "accompaniment.Thread";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.display = {controlPanel: {}};
        this.state = useState({thread: null});
        onWillStart(async () => {
            const {params, context} = this.props.action;
            const mission = params?.mission_id || context?.active_id;
            this.state.thread = await this.orm.call("accompaniment.mission", "get_thread", [
                mission,
            ]);
        });
    }

    get thread() {
        return this.state.thread;
    }

    /** Leave room for the frame of the outermost boxes. */
    get viewBox() {
        return `-4 0 ${this.thread.width + 8} ${this.thread.height}`;
    }

    print() {
        window.print();
    }

    open(box) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: box.model,
            res_id: box.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("accompaniment.thread", MissionThread);
