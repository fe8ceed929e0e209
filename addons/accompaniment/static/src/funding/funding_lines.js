/** Lines of a funding plan, as in a spreadsheet: arrows go from row to row, copied cells are pasted and taken back by a click. */
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {ListRenderer} from "@web/views/list/list_renderer";
import {X2ManyField, x2ManyField} from "@web/views/fields/x2many/x2many_field";

const WIZARD = "funding.paste.wizard";

export class FundingLinesRenderer extends ListRenderer {
    /** Up and down keep the column; in a list of choices, they choose. */
    onCellKeydownEditMode(hotkey, cell, group, record) {
        const step = {arrowup: -1, arrowdown: 1}[hotkey];
        if (!step || cell.querySelector("select")) {
            return super.onCellKeydownEditMode(hotkey, cell, group, record);
        }
        const {list} = this.props;
        const next = list.records[list.records.indexOf(record) + step];
        if (next) {
            const column = this.columns.find(({name}) => name === cell.getAttribute("name"));
            this.cellToFocus = {column, record: next};
            list.enterEditMode(next);
        }
        return true;
    }
}

export class FundingLines extends X2ManyField {
    static template = "accompaniment.FundingLines";
    static components = {...X2ManyField.components, ListRenderer: FundingLinesRenderer};

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.notification = useService("notification");
    }

    /** A text with tabs is cells; any other goes into the cell that is being typed. */
    async onPaste(ev) {
        const text = ev.clipboardData.getData("text/plain");
        if (this.props.readonly || !text.includes("\t")) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        await this.addLines(text);
    }

    async addLines(text) {
        const plan = this.props.record;
        if (!(await plan.save())) {
            return;
        }
        const side = this.props.name === "charge_ids" ? "charge" : "product";
        const ids = await this.orm.create(WIZARD, [{plan_id: plan.resId, side, text}]);
        await this.orm.call(WIZARD, "action_confirm", [ids]);
        const [{line_ids}] = await this.orm.read(WIZARD, ids, ["line_ids"]);
        await plan.load();
        const close = this.notification.add(_t("Lines added: %s", line_ids.length), {
            type: "success",
            sticky: true,
            buttons: [{name: _t("Undo"), onClick: () => this.takeBack(line_ids, close)}],
        });
    }

    async takeBack(ids, close) {
        close();
        await this.orm.unlink("funding.line", ids);
        await this.props.record.load();
    }
}

registry.category("fields").add("funding_lines", {...x2ManyField, component: FundingLines});
