/** The network's dashboards: a card opens the records behind its figure; nothing of them is shared by a public link. */
import {components} from "@odoo/o-spreadsheet";
import {patch} from "@web/core/utils/patch";
import {SEE_RECORDS_PIVOT, SEE_RECORDS_PIVOT_VISIBLE} from "@spreadsheet/pivot/pivot_actions";
import {DashboardLoader} from "@spreadsheet_dashboard/bundle/dashboard_action/dashboard_loader_service";

patch(components.ScorecardChart.prototype, {
    /** The cell that the card shows. */
    get keyPosition() {
        const {getters} = this.env.model;
        const {keyValue} = getters.getChartDefinition(this.props.chartId);
        if (!keyValue) {
            return null;
        }
        const {sheetId, zone} = getters.getRangeFromSheetXC(getters.getActiveSheetId(), keyValue);
        return {sheetId, col: zone.left, row: zone.top};
    },
    async onClick() {
        const position = this.keyPosition;
        if (
            this.env.isDashboard() &&
            position &&
            SEE_RECORDS_PIVOT_VISIBLE(position, this.env.model.getters)
        ) {
            await SEE_RECORDS_PIVOT(position, this.env);
        } else {
            await super.onClick();
        }
    },
});

patch(DashboardLoader.prototype, {
    _getFetchGroupsSpecification() {
        const specification = super._getFetchGroupsSpecification();
        specification.published_dashboard_ids.fields.is_made_of_metrics = {};
        return specification;
    },
});
