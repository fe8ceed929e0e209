/** Pictures of a campaign: amounts by week against last year's, recipients by category and territory. */
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatInteger, formatMonetary} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";
import {LineChart} from "../common/line_chart";

/** This year in full, the year before dashed; called and collected keep their colour. */
const STYLES = {
    called: {color: "#714B67", dashed: false},
    collected: {color: "#017E84", dashed: false},
    last_called: {color: "#714B67", dashed: true},
    last_collected: {color: "#017E84", dashed: true},
};

/** Amounts called and collected by week since the calls, against the year before. */
export class CampaignCurve extends Component {
    static template = "coup_de_pousse_membership.CampaignCurve";
    static components = {LineChart};
    static props = {...standardFieldProps};

    get value() {
        return this.props.record.data[this.props.name] || {};
    }

    get series() {
        return (this.value.series || []).filter((serie) => serie.points.length);
    }

    /** Weeks of this year's curve: what last year's is compared with. */
    get present() {
        return this.series.find((serie) => serie.name === "called")?.points.length || 0;
    }

    /** The lines of the picture; the calls are in the first week. */
    get lines() {
        return this.series.map(({name, label, points}) => ({
            ...STYLES[name],
            label,
            points: points.map((y, index) => ({x: index + 1, y})),
        }));
    }

    /** What stands below the picture: each line's last amount, and last year's at the same week. */
    get legend() {
        return this.series.map(({name, label, points}) => ({
            ...STYLES[name],
            name,
            label,
            last: this.money(points[points.length - 1]),
            same:
                name.startsWith("last_") &&
                this.present &&
                this.present < points.length &&
                this.money(points[this.present - 1]),
        }));
    }

    get chart() {
        return {
            series: this.lines,
            label: _t("Called and collected by week"),
            xLabel: _t("Weeks since the calls"),
            xStep: 1,
            formatX: (week) => formatInteger(week),
            formatY: (amount) => this.money(amount, {digits: [16, 0]}),
        };
    }

    money(amount, options = {}) {
        return formatMonetary(amount, {currencyId: this.value.currency_id, ...options});
    }
}

registry.category("fields").add("association_campaign_curve", {
    component: CampaignCurve,
    supportedTypes: ["json"],
});

/** Recipients and fees by category and by territory, beside the last fees. */
export class CampaignBreakdown extends Component {
    static template = "coup_de_pousse_membership.CampaignBreakdown";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    /** Open the recipients that a row adds up. */
    async open(table, row) {
        const {resId, resModel} = this.props.record;
        const context = {association_breakdown: table.name, association_breakdown_id: row.id};
        const action = await this.orm.call(resModel, "action_view_lines", [resId], {context});
        this.action.doAction({...action, display_name: row.name});
    }

    get tables() {
        return (this.props.record.data[this.props.name] || {}).tables || [];
    }

    money(amount) {
        const currencyId = (this.props.record.data[this.props.name] || {}).currency_id;
        return formatMonetary(amount, {currencyId});
    }

    total(rows, name) {
        return rows.reduce((sum, row) => sum + row[name], 0);
    }
}

registry.category("fields").add("association_campaign_breakdown", {
    component: CampaignBreakdown,
    supportedTypes: ["json"],
});
