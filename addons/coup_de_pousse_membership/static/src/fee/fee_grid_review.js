import {Component, useState} from "@odoo/owl";
import {formatFloat} from "@web/core/utils/numbers";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const WIDTH = 640;
const HEIGHT = 260;
const MARGIN = {left: 70, right: 12, top: 12, bottom: 36};
const COLORS = ["#714B67", "#017E84", "#D9822B", "#2F80ED", "#C0392B", "#6C757D"];
const TICKS = 4;

/** Shows what is to be looked at in a grid before it is voted: holes, useless rules, curves. */
export class FeeGridReview extends Component {
    static template = "coup_de_pousse_membership.FeeGridReview";
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

    get picture() {
        const points = this.curve.points.filter((point) => point[1] !== null);
        const largest = Math.max(...this.curve.points.map((point) => point[0]), 1);
        const highest = Math.max(...points.map((point) => point[1]), 1);
        const x = (figure) =>
            MARGIN.left + (figure / largest) * (WIDTH - MARGIN.left - MARGIN.right);
        const y = (amount) =>
            HEIGHT - MARGIN.bottom - (amount / highest) * (HEIGHT - MARGIN.top - MARGIN.bottom);
        return {
            width: WIDTH,
            height: HEIGHT,
            path: this.path(x, y),
            xTicks: this.ticks(largest).map((value) => ({at: x(value), text: this.short(value)})),
            yTicks: this.ticks(highest).map((value) => ({at: y(value), text: this.short(value)})),
            bottom: HEIGHT - MARGIN.bottom,
            left: MARGIN.left,
            right: WIDTH - MARGIN.right,
        };
    }

    /** A hole in the grid is a gap in the line. */
    path(x, y) {
        let pen = "M";
        const parts = [];
        for (const [figure, amount] of this.curve.points) {
            if (amount === null) {
                pen = "M";
                continue;
            }
            parts.push(`${pen}${x(figure).toFixed(1)} ${y(amount).toFixed(1)}`);
            pen = "L";
        }
        return parts.join(" ");
    }

    ticks(largest) {
        return Array.from({length: TICKS + 1}, (_, index) => (largest * index) / TICKS);
    }

    short(value) {
        return formatFloat(value, {humanReadable: value >= 10000, decimals: 1, digits: [16, 0]});
    }
}

registry.category("fields").add("fee_grid_review", {
    component: FeeGridReview,
    supportedTypes: ["json"],
});
