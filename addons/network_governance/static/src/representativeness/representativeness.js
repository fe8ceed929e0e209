/** The screen of representativeness: figures, segments and trend, for a day and some bodies. */
import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {deserializeDate, formatDate, serializeDate} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {formatFloat, formatInteger} from "@web/views/fields/formatters";
import {Layout} from "@web/search/layout";
import {LineChart} from "@coup_de_pousse_membership/common/line_chart";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const MODEL = "governance.representativeness";
const MARKS = {
    absent: {label: _t("Absent"), color: "danger"},
    under: {label: _t("Under-represented"), color: "warning"},
    fair: {label: _t("Fair"), color: "success"},
    over: {label: _t("Over-represented"), color: "info"},
};
const GENDERS = {
    female: _t("Women"),
    male: _t("Men"),
    other: _t("Other"),
    unknown: _t("Not known"),
};

/** Who of the members sits: figures, segments and trend for a day and some bodies. */
export class Representativeness extends Component {
    static template = "network_governance.Representativeness";
    static components = {DateTimeInput, Layout, LineChart};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.display = {controlPanel: {}};
        const params = this.props.action.params || {};
        this.state = useState({
            day: false,
            choice: params.scope === "body" ? String(params.body_id) : params.scope || "decision",
            withBelow: false,
            dimension: "category",
            picture: null,
            trend: [],
            years: 3,
            formerRatios: {},
            bodies: [],
        });
        onWillStart(async () => {
            this.state.bodies = await this.orm.call(MODEL, "get_choices", []);
            await this.load();
        });
    }

    /** What is asked of the server: day, scope, body. */
    get question() {
        const {day, choice, withBelow} = this.state;
        return this.body
            ? [day, withBelow && this.body.has_below ? "branch" : "body", this.body.id]
            : [day, choice, false];
    }

    /** The one body that is chosen, if any. */
    get body() {
        return this.state.bodies.find(({id}) => this.state.choice === String(id));
    }

    get picture() {
        return this.state.picture;
    }

    get dimension() {
        return this.picture.dimensions.find(({name}) => name === this.state.dimension);
    }

    /** A body's name under those it depends on; an option cannot be indented by style. */
    indent({name, depth}) {
        return "\u00A0\u00A0\u00A0".repeat(depth) + name;
    }

    get luxonDay() {
        return deserializeDate(this.state.day);
    }

    show(dimension) {
        this.state.dimension = dimension;
    }

    async load() {
        const [picture, trend, formerRatios] = await Promise.all([
            this.orm.call(MODEL, "get_picture", this.question),
            this.orm.call(MODEL, "get_trend", [...this.question, this.state.years]),
            this.orm.call(MODEL, "get_former_ratios", this.question),
        ]);
        Object.assign(this.state, {picture, trend, formerRatios, day: picture.day});
    }

    async chooseYears(years) {
        this.state.years = years;
        this.state.trend = await this.orm.call(MODEL, "get_trend", [...this.question, years]);
    }

    async choose(choice) {
        this.state.choice = choice;
        await this.load();
    }

    async chooseWithBelow(withBelow) {
        this.state.withBelow = withBelow;
        await this.load();
    }

    async chooseDay(day) {
        this.state.day = day && serializeDate(day);
        await this.load();
    }

    /** Run one of the actions that the server prepares: print, workbook, list. */
    async run(method) {
        const action = await this.orm.call(MODEL, method, this.question);
        return this.action.doAction(action);
    }

    // ---- numbers ----

    percent(value) {
        return value === null ? "–" : `${formatFloat(100 * value, {digits: [16, 1]})}\u00A0%`;
    }

    count(value) {
        return formatInteger(value);
    }

    number(value, digits = 2) {
        return value === null ? "–" : formatFloat(value, {digits: [16, digits]});
    }

    /** How a segment of the shown dimension stood a year before; null where it had no member. */
    formerRatio({key}) {
        const former = this.state.formerRatios[this.state.dimension];
        return former.find((segment) => segment.key === key)?.ratio ?? null;
    }

    mark(segment) {
        return MARKS[segment.mark] || {label: "–", color: "secondary"};
    }

    get genders() {
        return Object.keys(GENDERS)
            .filter((name) => this.picture.genders[name])
            .map((name) => ({label: GENDERS[name], count: this.picture.genders[name]}));
    }

    /** Widths of a segment's two bars, in percent of the widest of the dimension. */
    barWidth(value) {
        const shares = this.dimension.segments.flatMap((s) => [s.members_share, s.seats_share]);
        return (100 * value) / Math.max(...shares, 0.0001);
    }

    // ---- trend ----

    get chart() {
        const {trend} = this.state;
        const day = (index) => (trend[index] ? this.date(trend[index].day) : "");
        return {
            series: [
                {
                    label: _t("Trend"),
                    color: "#2b5c8a",
                    points: trend.map(({rate, seated, members}, x) => ({
                        x,
                        y: rate,
                        seated,
                        members,
                    })),
                },
            ],
            label: _t("Trend"),
            formatX: day,
            formatY: (rate) => this.percent(rate),
            titleOf: ({x, seated, members}) => `${day(x)}: ${seated} / ${members}`,
            xStep: 1,
        };
    }

    date(day) {
        return formatDate(deserializeDate(day));
    }
}

registry.category("actions").add("network_governance.representativeness", Representativeness);
