/** The cash of a funding plan, at the end of each month. */
import {Component} from "@odoo/owl";
import {LineChart} from "@coup_de_pousse_membership/common/line_chart";
import {_t} from "@web/core/l10n/translation";
import {deserializeDate} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {formatMonetary} from "@web/views/fields/formatters";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

export class FundingCashCurve extends Component {
    static template = "accompaniment.FundingCashCurve";
    static components = {LineChart};
    static props = {...standardFieldProps};

    get value() {
        return this.props.record.data[this.props.name] || {};
    }

    get months() {
        return this.value.months || [];
    }

    get chart() {
        const points = this.months.map(([, balance], index) => ({x: index + 1, y: balance}));
        return {
            series: [
                {label: _t("Cash"), color: "#017E84", dashed: false, points},
                {
                    label: "0",
                    color: "#B02A37",
                    dashed: true,
                    points: points.map(({x}) => ({x, y: 0})),
                },
            ],
            label: _t("Cash at the end of each month"),
            xStep: 1,
            formatX: (rank) => this.month(rank),
            formatY: (amount) =>
                formatMonetary(amount, {currencyId: this.value.currency_id, digits: [16, 0]}),
        };
    }

    month(rank) {
        const found = this.months[Math.round(rank) - 1];
        return found ? deserializeDate(found[0]).toFormat("MMM") : "";
    }
}

registry.category("fields").add("funding_cash_curve", {
    component: FundingCashCurve,
    supportedTypes: ["json"],
});
