/** The page for the door of a meeting: arrivals, departures, proxies, and the quorum at each of them. */
import {Component, onMounted, onWillStart, onWillUnmount, useState} from "@odoo/owl";
import {scanBarcode} from "@web/core/barcode/barcode_dialog";
import {isBarcodeScannerSupported} from "@web/core/barcode/barcode_video_scanner";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {normalize} from "@web/core/l10n/utils";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** How often another door's marks are asked for, in milliseconds. */
const EVERY = 5000;
/** People shown at once: a search finds the others. */
const MOST = 60;

export class GovernanceDoor extends Component {
    static template = "network_governance.Door";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.display = {controlPanel: {}};
        this.id = this.props.action.params?.meeting_id || this.props.action.context.active_id;
        this.canScan = isBarcodeScannerSupported();
        this.state = useState({
            door: null,
            search: "",
            show: "all",
            giver: null,
            paper: true,
            busy: false,
        });
        onWillStart(() => this.load());
        onMounted(() => {
            this.timer = setInterval(() => this.refresh(), EVERY);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    get door() {
        return this.state.door;
    }

    async load() {
        this.state.door = await this.orm.call("governance.meeting", "get_door", [this.id]);
    }

    /** Ask what other doors have marked; nothing is drawn again where nothing has changed. */
    async refresh() {
        if (this.state.busy || document.hidden) {
            return;
        }
        const door = await this.orm.silent.call("governance.meeting", "get_door", [this.id], {
            known: this.door.mark,
        });
        if (door.lines && !this.state.busy) {
            this.state.door = door;
        }
    }

    get found() {
        const words = normalize(this.state.search).split(/\s+/).filter(Boolean);
        return this.door.lines.filter((line) => {
            const text = normalize(`${line.name} ${line.structure || ""}`);
            return this.isShown(line) && words.every((word) => text.includes(word));
        });
    }

    get lines() {
        return this.found.slice(0, MOST);
    }

    isShown(line) {
        const giver = this.state.giver;
        if (giver) {
            return line.present && line.id !== giver.id;
        }
        return (
            this.state.show === "all" ||
            (this.state.show === "present" && line.present) ||
            (this.state.show === "absent" && !line.present && !line.proxy) ||
            (this.state.show === "proxy" && line.proxy)
        );
    }

    /** Call the server; its answer is the whole door, other doors' marks included. */
    async call(method, args) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            this.state.door = await this.orm.call("governance.meeting", method, [this.id, ...args]);
            this.state.search = "";
        } finally {
            this.state.busy = false;
        }
    }

    toggle(line) {
        return this.call(line.present ? "mark_departure" : "mark_arrival", [line.id]);
    }

    chooseHolder(line) {
        this.state.giver = line;
        this.state.search = "";
    }

    cancelProxy() {
        this.state.giver = null;
        this.state.search = "";
    }

    async give(holder) {
        const giver = this.state.giver;
        await this.call("give_proxy", [giver.id, holder.id, this.state.paper]);
        this.state.giver = null;
    }

    takeBack(line) {
        return this.call("take_proxy_back", [line.id]);
    }

    isFull(line) {
        return this.door.cap !== false && line.held >= this.door.cap;
    }

    async scan() {
        const code = await scanBarcode(this.env);
        const id =
            code && (await this.orm.call("governance.meeting", "find_badge", [this.id, code]));
        if (!id) {
            this.notification.add(_t("This code is not that of a convocation to this meeting."), {
                type: "warning",
            });
            return;
        }
        const line = this.door.lines.find((one) => one.id === id);
        if (line.present) {
            this.notification.add(_t("%s is there already.", line.name), {type: "info"});
        } else {
            await this.toggle(line);
        }
    }

    openMeeting() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "governance.meeting",
            res_id: this.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("network_governance.door", GovernanceDoor);
