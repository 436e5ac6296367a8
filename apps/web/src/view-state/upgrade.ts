// Links live longer than builds. Each change of the address's meaning adds one to VIEW_VERSION and one step here that
// rewrites the fields of the version before; a step only renames, rewrites and fills in, it never validates.

export const VIEW_VERSION = 2;

export type ViewParams = ReadonlyMap<string, string>;

/** `UPGRADE_STEPS[0]` lifts version 1 to 2, and so on. */
export const UPGRADE_STEPS: readonly ((params: ViewParams) => ViewParams)[] = [nameFlowsPane];

export function upgradeParams(params: ViewParams, from: number, steps = UPGRADE_STEPS): ViewParams {
  return steps.slice(from - 1).reduce((lifted, step) => step(lifted), params);
}

/** Before the map, a link that named no panes showed the flows alone; it still does. */
function nameFlowsPane(params: ViewParams): ViewParams {
  return params.has('panes') ? params : new Map([...params, ['panes', 'flows']]);
}
