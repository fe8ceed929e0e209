/** What the first screens of the three apps have in common. */
import {Component, onWillStart, useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {formatInteger, formatMonetary} from "@web/views/fields/formatters";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {openRecords} from "./open_records";

/** First screen of an app: what needs doing, as its model's `get_overview` tells it. */
export class OverviewBase extends Component {
    static components = {Layout};
    static props = {...standardActionServiceProps};
    /** Name of the model that is asked. */
    static model = null;

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.display = {controlPanel: {}};
        this.state = useState({overview: null});
        onWillStart(async () => {
            this.state.overview = await this.orm.call(this.constructor.model, "get_overview", []);
        });
    }

    get overview() {
        return this.state.overview;
    }

    formatCount(count) {
        return formatInteger(count);
    }

    formatAmount(amount) {
        return formatMonetary(amount, {currencyId: this.overview.currency_id});
    }

    open(xmlid, options) {
        return openRecords(this.action, xmlid, options);
    }
}
