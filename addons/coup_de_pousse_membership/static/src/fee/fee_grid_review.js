/** The check of a fee grid before its vote: what it forgets, and its curves. */
import {Component, useState} from "@odoo/owl";
import {formatFloat} from "@web/core/utils/numbers";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {LineChart} from "../common/line_chart";

const COLORS = ["#714B67", "#017E84", "#D9822B", "#2F80ED", "#C0392B", "#6C757D"];

/** Shows what is to be looked at in a grid before it is voted: holes, useless rules, curves. */
export class FeeGridReview extends Component {
    static template = "coup_de_pousse_membership.FeeGridReview";
    static components = {LineChart};
    static props = {...standardFieldProps};

    setup() {
        this.state = useState({shown: 0});
    }

    get review() {
        return this.props.record.data[this.props.name] || {};
    }

    get curves() {
        return this.review.curves || [];
    }

    get curve() {
        return this.curves[Math.min(this.state.shown, this.curves.length - 1)];
    }

    get color() {
        return COLORS[this.state.shown % COLORS.length];
    }

    /** A hole in the grid is a gap in the line. */
    get chart() {
        const {basis, name, points, unit} = this.curve;
        return {
            series: [{label: name, color: this.color, points: points.map(([x, y]) => ({x, y}))}],
            label: name,
            xLabel: unit ? `${basis} (${unit})` : basis,
            formatX: (figure) => this.short(figure),
            formatY: (amount) => `${this.short(amount)} ${this.review.currency}`,
        };
    }

    short(value) {
        return formatFloat(value, {humanReadable: value >= 10000, decimals: 1, digits: [16, 0]});
    }
}

registry.category("fields").add("fee_grid_review", {
    component: FeeGridReview,
    supportedTypes: ["json"],
});
