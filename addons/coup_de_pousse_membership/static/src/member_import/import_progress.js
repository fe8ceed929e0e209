/** The progress bar of an import. */
import {Component, onMounted, onWillUnmount} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** Time between two looks at how far the writing is (milliseconds). */
const PERIOD = 2000;

/** A bar for a record that is being read or written in the background. */
export class ImportProgress extends Component {
    static template = "coup_de_pousse_membership.ImportProgress";
    static props = {...standardFieldProps};

    setup() {
        onMounted(() => (this.timer = setTimeout(() => this.refresh(), PERIOD)));
        onWillUnmount(() => clearTimeout(this.timer));
    }

    get percent() {
        return Math.round(this.props.record.data[this.props.name]);
    }

    async refresh() {
        const {record} = this.props;
        const working =
            record.data.is_working || ["reading", "running"].includes(record.data.state);
        if (working && !record.dirty) {
            await record.load();
        }
        this.timer = setTimeout(() => this.refresh(), PERIOD);
    }
}

registry.category("fields").add("association_import_progress", {
    component: ImportProgress,
    supportedTypes: ["float"],
});
