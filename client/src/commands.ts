/** The commands that package.json contributes. */
export const OPEN_EXAMPLE = 'driverentry.openExample';
export const OPEN_WALKTHROUGH = 'driverentry.openWalkthrough';
export const RESTART_SERVER = 'driverentry.restartServer';
export const SELECT_CONFIGURATION = 'driverentry.selectConfiguration';
export const NEW_DRIVER = 'driverentry.newDriver';
export const SHOW_OUTPUT = 'driverentry.showOutput';
export const SHOW_STATUS = 'driverentry.showStatus';
/** Behind lenses: never in the palette, because it needs places. */
export const SHOW_PLACES = 'driverentry.showPlaces';
export const SHOW_MAP = 'driverentry.showMap';
export const EXPORT_MAP = 'driverentry.exportMap';
/** Takes a place of the registration map; not in the palette. */
export const GO_TO_MAP_PLACE = 'driverentry.goToMapPlace';
export const EXPLAIN_STATUS = 'driverentry.explainStatus';
/** Not of the palette: what a code action runs. */
export const OPEN_RULE_PAGE = 'driverentry.openRulePage';
/** Not of the palette: what a link in an explanation runs. */
export const OPEN_PLACE = 'driverentry.openPlace';
