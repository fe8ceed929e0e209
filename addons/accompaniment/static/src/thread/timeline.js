/** The months of a mission: phases, parallel tracks and common times. */
import {Component, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/** The months of a mission: phases as bars, sessions on their tracks, common times across all tracks. */
export class MissionTimeline extends Component {
    static template = "accompaniment.Timeline";
    static props = {...standardWidgetProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({picture: {}});
        // Looked at again each time the mission or its sessions are saved.
        useRecordObserver(async (record) => {
            const {workshop_ids, phase_ids, track_ids} = record.data;
            const shown = [workshop_ids, phase_ids, track_ids].some((list) => list.records.length);
            this.state.picture =
                record.resId && shown
                    ? await this.orm.call("accompaniment.mission", "get_timeline", [record.resId])
                    : {};
        });
    }

    get picture() {
        return this.state.picture;
    }

    open(mark) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "accompaniment.workshop",
            res_id: mark.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("view_widgets").add("accompaniment_timeline", {component: MissionTimeline});
