/** The first screen of the app Accompagnement. */
import {registry} from "@web/core/registry";
import {formatFloat} from "@web/views/fields/formatters";
import {OverviewBase} from "@coup_de_pousse_membership/common/overview_base";

/** First screen of the accompaniment app: what needs doing, mine or all, and how the missions stand. */
export class AccompanimentOverview extends OverviewBase {
    static template = "accompaniment.Overview";
    static model = "accompaniment.overview";

    async show(mine) {
        this.state.overview = await this.orm.call(this.constructor.model, "get_overview", [mine]);
    }

    barWidth(panel, bar) {
        const highest = Math.max(...panel.bars.map(({value}) => value));
        return Math.max(0, (100 * bar.value) / highest);
    }

    formatValue(panel, {value}) {
        if (panel.unit === "money") {
            return this.formatAmount(value);
        }
        return panel.unit === "days"
            ? formatFloat(value, {digits: [16, 2], trailingZeros: false})
            : this.formatCount(value);
    }
}

registry.category("actions").add("accompaniment.overview", AccompanimentOverview);
