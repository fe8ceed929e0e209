import {Component} from "@odoo/owl";
import {formatMonetary} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

const WIDTH = 760;
const HEIGHT = 280;
const MARGIN = {left: 76, right: 12, top: 12, bottom: 40};
const TICKS = 4;
/** This year in full, the year before dashed; called and collected keep their colour. */
const STYLES = {
    called: {color: "#714B67", dash: ""},
    collected: {color: "#017E84", dash: ""},
    last_called: {color: "#714B67", dash: "5 4"},
    last_collected: {color: "#017E84", dash: "5 4"},
};

/** Amounts called and collected by week since the calls, against the year before. */
export class CampaignCurve extends Component {
    static template = "coup_de_pousse_membership.CampaignCurve";
    static props = {...standardFieldProps};

    get value() {
        return this.props.record.data[this.props.name] || {};
    }

    get series() {
        return (this.value.series || []).filter((serie) => serie.points.length);
    }

    get weeks() {
        return Math.max(...this.series.map((serie) => serie.points.length), 2);
    }

    /** Weeks of this year's curve: what last year's is compared with. */
    get present() {
        return this.series.find((serie) => serie.name === "called")?.points.length || 0;
    }

    /** A round amount between two lines of the grid, so that TICKS of them reach the highest point. */
    static step(highest) {
        const power = 10 ** Math.floor(Math.log10(highest / TICKS));
        return [1, 2, 2.5, 5, 10].find((factor) => factor * power * TICKS >= highest) * power;
    }

    get picture() {
        const step = CampaignCurve.step(
            Math.max(...this.series.flatMap((serie) => serie.points), TICKS),
        );
        const highest = step * TICKS;
        const x = (week) =>
            MARGIN.left + (week / (this.weeks - 1)) * (WIDTH - MARGIN.left - MARGIN.right);
        const y = (amount) =>
            HEIGHT -
            MARGIN.bottom -
            (Math.max(amount, 0) / highest) * (HEIGHT - MARGIN.top - MARGIN.bottom);
        return {
            width: WIDTH,
            height: HEIGHT,
            left: MARGIN.left,
            right: WIDTH - MARGIN.right,
            bottom: HEIGHT - MARGIN.bottom,
            lines: this.series.map((serie) => ({
                ...STYLES[serie.name],
                name: serie.name,
                label: serie.label,
                last: this.money(serie.points[serie.points.length - 1]),
                same:
                    serie.name.startsWith("last_") &&
                    this.present &&
                    this.present < serie.points.length &&
                    this.money(serie.points[this.present - 1]),
                dot: {x: x(serie.points.length - 1), y: y(serie.points[serie.points.length - 1])},
                path: serie.points
                    .map(
                        (amount, week) =>
                            `${week ? "L" : "M"}${x(week).toFixed(1)} ${y(amount).toFixed(1)}`,
                    )
                    .join(" "),
            })),
            xTicks: this.weekTicks().map((week) => ({at: x(week), text: week + 1})),
            yTicks: Array.from({length: TICKS + 1}, (_, index) => step * index).map((value) => ({
                at: y(value),
                text: this.money(value, {digits: [16, 0]}),
            })),
        };
    }

    weekTicks() {
        const step = Math.max(1, Math.ceil(this.weeks / 12));
        return Array.from({length: this.weeks}, (_, week) => week).filter(
            (week) => week % step === 0,
        );
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
