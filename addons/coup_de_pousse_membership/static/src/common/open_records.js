/** Opening a list limited to some records. */
import {makeContext} from "@web/core/context";
import {user} from "@web/core/user";

/**
 * Open an action, limited to some records under a title of its own: the filters that it sets by
 * itself would hide some of them.
 *
 * @param {Object} actionService
 * @param {string} xmlid
 * @param {{ domain?: Array, title?: string }} [options]
 */
export async function openRecords(actionService, xmlid, {domain, title} = {}) {
    const action = await actionService.loadAction(xmlid);
    if (domain) {
        const context = makeContext([action.context], user.context);
        Object.keys(context)
            .filter((key) => key.startsWith("search_default_"))
            .forEach((key) => delete context[key]);
        Object.assign(action, {context, domain, name: title, display_name: title});
    }
    return actionService.doAction(action);
}
